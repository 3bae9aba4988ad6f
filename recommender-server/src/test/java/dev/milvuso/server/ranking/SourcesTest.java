package dev.milvuso.server.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.milvuso.action.UserId;
import dev.milvuso.embedding.Activation;
import dev.milvuso.embedding.Embedding;
import dev.milvuso.embedding.Kind;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.server.recommend.CandidateSource;
import dev.milvuso.server.recommend.Candidates;
import dev.milvuso.server.recommend.ItemPopularity;
import dev.milvuso.server.recommend.LeastCosine;
import dev.milvuso.server.recommend.Popular;
import dev.milvuso.server.recommend.Visit;
import dev.milvuso.server.recommend.Visitor;
import dev.milvuso.server.recommend.Visits;
import dev.milvuso.server.sync.ServedModel;
import dev.milvuso.server.tier.memory.BoundedCache;
import dev.milvuso.server.tier.memory.ItemIndex;
import dev.milvuso.server.tier.memory.MemoryUserVectors;
import dev.milvuso.server.tier.memory.Nearness;
import dev.milvuso.vector.Metric;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SourcesTest {
    private static final int ITEMS = 120;
    private static final int CATEGORIES = 4;

    private final Shelf shelf = new Shelf(7, ITEMS, CATEGORIES);
    private final ServedModel model = new ServedModel(
            Shelf.FACTORS + 1,
            () -> new ItemIndex(
                    shelf.catalogue.slots(), Metric.INNER_PRODUCT, Shelf.FACTORS + 1, 1, Runnable::run, 0, slot -> 0),
            new MemoryUserVectors(BoundedCache.Policy.LRU, 10),
            embedding -> {});
    private final LeastCosine any = new LeastCosine(model, -1);
    private final Popular popular = new Popular(
            shelf.catalogue,
            since -> IntStream.range(0, ITEMS)
                    .mapToObj(item -> new ItemPopularity(
                            Shelf.id(item), ITEMS - item, shelf.clock.instant(), shelf.clock.instant()))
                    .toList(),
            Duration.ofDays(1),
            shelf.clock);

    SourcesTest() {
        ModelVersion version = new ModelVersion("v");
        model.apply(new Activation(version, 1));
        for (int item = 0; item < ITEMS; item++) {
            model.apply(new Embedding(version, Kind.ITEM, "i" + item, shelf.vectors[item], 0, 1, 1, 0));
        }
        popular.run();
    }

    @AfterEach
    void close() {
        model.close();
    }

    private Visit visit(float[] taste, int... recent) {
        return shelf.visit(new Visitor(Shelf.USER, taste, taste, "memory", recent, 0), 10, OptionalDouble.empty());
    }

    private List<Integer> found(CandidateSource source, Visit visit, Candidates into, int room) {
        int before = into.size();
        source.collect(visit, into, 3, room);
        return Visits.slots(into).subList(before, into.size());
    }

    @Test
    void whatIsNearTheLatestLikesIsFoundOnceForEachOfThem() {
        Candidates into = new Candidates();
        LikeRecent source = new LikeRecent(model, Shelf.FACTORS, any);
        assertThat(found(source, visit(shelf.vectors[0], 5, 9), into, 6))
                .hasSize(6)
                .doesNotHaveDuplicates()
                .containsAll(nearest(5, 3))
                .containsAnyElementsOf(nearest(9, 3));
        assertThat(found(source, visit(shelf.vectors[0], 5), into, 3))
                .as("others than are there already")
                .hasSize(3);
        assertThat(found(source, visit(shelf.vectors[0]), into, 3)).isEmpty();
    }

    @Test
    void whatGoesByWhoAsksIsAsNearToTheirTasteAsTheThresholdSays() {
        LeastCosine least = new LeastCosine(model, 0.2);
        for (CandidateSource source : List.of(
                new LikeRecent(model, Shelf.FACTORS, least),
                new Favourite(popular, visit -> CategoryTaste.NONE, least))) {
            List<Integer> found = found(source, visit(shelf.vectors[0], 5, 9), new Candidates(), 10);
            assertThat(found).as(source.name()).hasSize(10).allMatch(item -> cosine(0, item) >= 0.2);
        }
        assertThat(found(favourite(CategoryTaste.NONE), visit(shelf.vectors[0], 5, 9), new Candidates(), 10))
                .anyMatch(item -> cosine(0, item) < 0.2);
    }

    private double cosine(int one, int other) {
        return Nearness.of(Metric.COSINE, shelf.vectors[one], shelf.vectors[other]);
    }

    private List<Integer> nearest(int item, int count) {
        return IntStream.range(0, ITEMS)
                .boxed()
                .sorted(Comparator.comparingDouble(
                        other -> -shelf.space().dot(shelf.vectors[item], shelf.vectors[other])))
                .limit(count)
                .toList();
    }

    @Test
    void whatIsPopularInTheCategoriesThatWereLikedInProportion() {
        assertThat(found(favourite(CategoryTaste.NONE), visit(shelf.vectors[0], 2, 5, 6, 9, 13), new Candidates(), 5))
                .containsExactly(1, 2, 5, 6, 9);
        assertThat(found(favourite(CategoryTaste.NONE), visit(shelf.vectors[0], 2, 5), new Candidates(), 1))
                .as("of two as frequent the latest")
                .containsExactly(2);
        assertThat(found(favourite(CategoryTaste.NONE), visit(shelf.vectors[0]), new Candidates(), 3))
                .isEmpty();
    }

    @Test
    void whatIsPopularInTheCategoriesOfTheProfile() {
        CategoryTaste profile = new CategoryTaste(new int[] {3, 0}, new double[] {0.75, 0.25});
        assertThat(found(favourite(profile), visit(shelf.vectors[0]), new Candidates(), 4))
                .containsExactly(0, 3, 7, 11);
        assertThat(found(favourite(profile), visit(shelf.vectors[0], 1), new Candidates(), 8))
                .as("the latest likes count half")
                .containsExactly(0, 1, 3, 5, 7, 9, 11, 13);
    }

    private Favourite favourite(CategoryTaste profile) {
        return new Favourite(popular, visit -> profile, any);
    }

    @Test
    void whatNeighboursLikedLastByHowMuchTheyAreLikeTheVisitor() {
        Map<UserId, int[]> liked = Map.of(
                new UserId("near"), new int[] {7, 8},
                new UserId("far"), new int[] {9, 8, -1},
                new UserId("farther"), new int[] {9});
        List<LikedByNeighbours.Neighbour> neighbours = List.of(
                new LikedByNeighbours.Neighbour(new UserId("near"), 0.9),
                new LikedByNeighbours.Neighbour(new UserId("far"), 0.3),
                new LikedByNeighbours.Neighbour(new UserId("farther"), 0.2),
                new LikedByNeighbours.Neighbour(new UserId("unknown"), 0.1));
        CandidateSource source =
                new LikedByNeighbours(visit -> neighbours, user -> liked.getOrDefault(user, new int[0]), any);
        assertThat(found(source, visit(shelf.vectors[0]), new Candidates(), 5)).containsExactly(8, 7, 9);
        assertThat(found(source, visit(shelf.vectors[0]), new Candidates(), 2)).containsExactly(8, 7);
        assertThat(found(
                        new LikedByNeighbours(visit -> List.of(), user -> new int[0], any),
                        visit(shelf.vectors[0]),
                        new Candidates(),
                        2))
                .isEmpty();
    }

    @Test
    void eachItemIsAsLikelyToBeDrawnAsItsProbabilitySays() {
        RandomItems source = new RandomItems(0.2, shelf.catalogue.slots(), new SplittableRandom(3)::split);
        int[] drawn = new int[ITEMS];
        int rounds = 12_000;
        for (int round = 0; round < rounds; round++) {
            Candidates into = new Candidates();
            IntStream.range(0, 20).forEach(slot -> into.add(slot, 1, 0));
            assertThat(found(source, visit(shelf.vectors[0]), into, 13)).hasSize(2);
            for (int row = 20; row < 22; row++) {
                drawn[into.slot(row)]++;
                assertThat(into.probability(row)).isEqualTo(0.02f);
            }
        }
        for (int slot = 0; slot < ITEMS; slot++) {
            double deviation = Math.sqrt(0.02 * 0.98 / rounds);
            assertThat(drawn[slot] / (double) rounds).isCloseTo(slot < 20 ? 0 : 0.02, within(5 * deviation));
        }
    }

    @Test
    void proposalsHaveTheModelsScoresAndStrangersGetNoPersonalOnes() {
        float[] taste = shelf.vectors[0];
        Candidates into = new Candidates();
        found(new Proposals(favourite(CategoryTaste.NONE), model), visit(taste, 5), into, 3);
        for (int row = 0; row < into.size(); row++) {
            float expected = 0;
            for (int i = 0; i < taste.length; i++) {
                expected += taste[i] * shelf.vectors[into.slot(row)][i];
            }
            assertThat(into.score(row)).isCloseTo(expected, within(1e-4f));
        }
        Visit stranger = shelf.visit(
                new Visitor(Shelf.USER, null, null, "memory", new int[] {5}, 0), 10, OptionalDouble.empty());
        assertThat(found(new Proposals(favourite(CategoryTaste.NONE), model), stranger, new Candidates(), 3))
                .isEmpty();
        assertThat(found(new Proposals(popular, model), stranger, new Candidates(), 3))
                .hasSize(3);
    }
}
