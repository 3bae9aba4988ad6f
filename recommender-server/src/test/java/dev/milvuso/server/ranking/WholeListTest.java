package dev.milvuso.server.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.action.ItemId;
import dev.milvuso.action.UserId;
import dev.milvuso.config.RankingConfig;
import dev.milvuso.embedding.Activation;
import dev.milvuso.embedding.Embedding;
import dev.milvuso.embedding.Kind;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.server.discover.Latest;
import dev.milvuso.server.recommend.Bulkhead;
import dev.milvuso.server.recommend.CandidateSource;
import dev.milvuso.server.recommend.Choice;
import dev.milvuso.server.recommend.Finished;
import dev.milvuso.server.recommend.FinishedLists;
import dev.milvuso.server.recommend.History;
import dev.milvuso.server.recommend.LearnedVisitors;
import dev.milvuso.server.recommend.PersonalItems;
import dev.milvuso.server.recommend.Pipeline;
import dev.milvuso.server.recommend.Popular;
import dev.milvuso.server.recommend.Query;
import dev.milvuso.server.recommend.Ranking;
import dev.milvuso.server.recommend.Recommendation;
import dev.milvuso.server.recommend.Recommended;
import dev.milvuso.server.recommend.Recommender;
import dev.milvuso.server.recommend.SeenItems;
import dev.milvuso.server.recommend.SharedLists;
import dev.milvuso.server.sync.ServedModel;
import dev.milvuso.server.tier.Breaker;
import dev.milvuso.server.tier.memory.BoundedCache;
import dev.milvuso.server.tier.memory.ItemIndex;
import dev.milvuso.server.tier.memory.MemoryUserVectors;
import dev.milvuso.vector.Metric;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A whole recommender in memory, arranged by one configuration or another. */
class WholeListTest {
    private static final ModelVersion VERSION = new ModelVersion("v");
    private static final int ITEMS = 400;
    private static final int CATEGORIES = 7;

    private final Shelf shelf = new Shelf(9, ITEMS, CATEGORIES);
    private final MemoryUserVectors users = new MemoryUserVectors(BoundedCache.Policy.LRU, 100);
    private final ServedModel model = new ServedModel(
            Shelf.FACTORS + 1,
            () -> new ItemIndex(
                    shelf.catalogue.slots(), Metric.INNER_PRODUCT, Shelf.FACTORS + 1, 1, Runnable::run, 0, slot -> 0),
            users,
            embedding -> {});
    private final Bulkhead slow = Bulkhead.of(
            "postgres", 2, 10, new Breaker("postgres", Duration.ofSeconds(1), shelf.clock, () -> {}, Runnable::run));
    private final Popular popular = new Popular(shelf.catalogue, since -> List.of(), Duration.ofDays(1), shelf.clock);
    private final Latest latest = new Latest(shelf.catalogue, shelf.clock);

    WholeListTest() {
        model.apply(new Activation(VERSION, 1));
        for (int item = 0; item < ITEMS; item++) {
            model.apply(new Embedding(VERSION, Kind.ITEM, "i" + item, shelf.vectors[item], 0, 1, 1, 0));
        }
        model.apply(new Embedding(VERSION, Kind.USER, "u", shelf.vectors[0].clone(), 0, 1, 1, 0));
        popular.run();
        latest.run();
    }

    @AfterEach
    void close() {
        slow.close();
        model.close();
    }

    private Recommender recommender(RankingConfig config) {
        List<Pipeline.Share> sources = new ArrayList<>();
        sources.add(new Pipeline.Share(
                new PersonalItems(
                        model, shelf.catalogue.slots(), (query, k, version) -> List.of(), slow, () -> true, -1),
                1));
        CandidateSource newest = new Proposals(latest, model);
        double[] shares = {0, config.latestQuota()};
        if (config.latestQuota() > 0) {
            sources.add(new Pipeline.Share(newest, config.latestQuota()));
        }
        return recommender(sources, new Arrangement(config, shares, shelf.space()));
    }

    private Recommender recommender(List<Pipeline.Share> sources, Choice choice) {
        Ranking byScore = (visit, candidates) -> candidates.sort(0, candidates.size());
        return new Recommender(
                model,
                shelf.catalogue,
                new History(new SeenItems(BoundedCache.Policy.LRU, 100, user -> List.of()), slow),
                new Finished(
                        new FinishedLists(
                                BoundedCache.Policy.LRU, 100, Duration.ofHours(1), Duration.ZERO, shelf.clock),
                        new NoLists(),
                        slow,
                        new SimpleMeterRegistry().counter("finished")),
                new Pipeline(
                        new LearnedVisitors(users, users, slow),
                        List.of(),
                        sources,
                        popular,
                        List.of(byScore),
                        choice,
                        64),
                (what, task) -> {},
                Duration.ofSeconds(1),
                shelf.clock);
    }

    private Recommendation list(String user, int count, OptionalDouble diversity, String... settings) {
        Query query = new Query(
                count, Set.of(), Set.of(), Optional.empty(), Set.of(), true, Optional.empty(), diversity, false);
        return recommender(Shelf.config(settings)).recommend(new UserId(user), query);
    }

    private static List<ItemId> items(Recommendation list) {
        return list.items().stream().map(Recommended::item).toList();
    }

    private Map<Integer, Long> byCategory(Recommendation list) {
        return list.items().stream()
                .collect(Collectors.groupingBy(
                        each -> shelf.catalogue.slots().find(each.item()) % CATEGORIES, Collectors.counting()));
    }

    @Test
    void byDefaultTheListIsTheOneWithoutAnyArrangement() {
        Recommendation plain = recommender(
                        List.of(new Pipeline.Share(
                                new PersonalItems(
                                        model,
                                        shelf.catalogue.slots(),
                                        (query, k, version) -> List.of(),
                                        slow,
                                        () -> true,
                                        -1),
                                1)),
                        Choice.BEST)
                .recommend(Shelf.USER, Query.of(10));
        assertThat(items(list("u", 10, OptionalDouble.empty()))).isEqualTo(items(plain));
        assertThat(plain.items()).hasSize(10);
    }

    @Test
    void theRequestsDiversityWinsAndTheBestItemStaysFirst() {
        Recommendation plain = list("u", 10, OptionalDouble.empty());
        Recommendation diverse = list("u", 10, OptionalDouble.of(0.6));
        assertThat(items(diverse)).isNotEqualTo(items(plain)).hasSize(10).doesNotHaveDuplicates();
        assertThat(items(diverse).get(0)).isEqualTo(items(plain).get(0));
        assertThat(items(list("u", 10, OptionalDouble.of(0), "ranking.diversity=0.6")))
                .isEqualTo(items(plain));
        assertThat(items(list("u", 10, OptionalDouble.empty(), "ranking.diversity=0.6")))
                .isEqualTo(items(diverse));
    }

    @Test
    void aCapHoldsForPersonalListsAndForStrangersAndWhatIsMissingIsPopularWithinIt() {
        for (String user : List.of("u", "stranger")) {
            Recommendation list = list(user, 14, OptionalDouble.empty(), "ranking.category_cap=2");
            assertThat(list.items()).hasSize(14);
            assertThat(byCategory(list).values()).containsOnly(2L);
        }
        assertThat(list("u", 100, OptionalDouble.empty(), "ranking.category_cap=3")
                        .items())
                .hasSize(3 * CATEGORIES);
    }

    @Test
    void theNewestHaveTheirPlacesForAllAndTheRestIsAsItWas() {
        shelf.clock.goOn(Duration.ofDays(1));
        shelf.put(200, Optional.of("c0"), shelf.clock.instant());
        shelf.put(201, Optional.of("c1"), shelf.clock.instant());
        latest.run();
        popular.run();
        List<ItemId> plain = items(list("u", 10, OptionalDouble.empty()));
        Recommendation list = list("u", 10, OptionalDouble.empty(), "ranking.latest_quota=0.2");
        assertThat(list.items().stream().filter(each -> each.source().equals("latest")))
                .extracting(Recommended::item)
                .hasSize(2);
        assertThat(list.items().stream()
                        .filter(each -> each.source().equals("personal"))
                        .map(Recommended::item))
                .isEqualTo(plain.subList(0, 8));
        assertThat(items(list("stranger", 10, OptionalDouble.empty(), "ranking.latest_quota=0.2")))
                .contains(Shelf.id(200), Shelf.id(201))
                .hasSize(10);
    }

    private record NoLists() implements SharedLists {
        @Override
        public Optional<Recommendation> find(UserId user, ModelVersion version, Query query) {
            return Optional.empty();
        }

        @Override
        public void put(UserId user, ModelVersion version, Query query, Recommendation list) {}

        @Override
        public void drop(UserId user) {}
    }
}
