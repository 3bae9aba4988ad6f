package dev.milvuso.server.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.embedding.RankerWeights;
import dev.milvuso.ranker.Machine;
import dev.milvuso.ranker.Matching;
import dev.milvuso.server.ranking.learned.Heat;
import dev.milvuso.server.ranking.learned.LearnedRanking;
import dev.milvuso.server.ranking.learned.LearnedWeights;
import dev.milvuso.server.recommend.Candidates;
import dev.milvuso.server.recommend.ItemPopularity;
import dev.milvuso.server.recommend.Visit;
import dev.milvuso.server.recommend.Visitor;
import dev.milvuso.server.recommend.Visits;
import dev.milvuso.vector.Metric;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LearnedRankingTest {
    private static final int ITEMS = 40;

    private final Shelf shelf = new Shelf(1, ITEMS, 3);
    private final Heat heat =
            new Heat(shelf.catalogue.slots(), ConfigLoader.defaults().features());
    private int lifted = -1;
    private Optional<RankerWeights> published = Optional.empty();
    private final LearnedWeights weights = new LearnedWeights(version -> published);
    private final Visitor visitor =
            new Visitor(Shelf.USER, shelf.vectors[0], shelf.vectors[0], "memory", new int[] {3, 5}, 0);

    private LearnedRanking ranking(String learned) {
        return new LearnedRanking(
                learned,
                weights,
                version -> slot -> slot == 7 ? null : shelf.vectors[slot],
                heat,
                Metric.INNER_PRODUCT,
                Shelf.FACTORS,
                source -> source == 0 || source == 2,
                visit -> slot -> slot == lifted ? Double.POSITIVE_INFINITY : 0,
                shelf.clock);
    }

    /** Of a ranker that goes by one feature alone. */
    private static RankerWeights by(String name, boolean isBetter, List<String> names) {
        float[] parameters = new float[Machine.length(Matching.SIZE, 2)];
        Arrays.fill(parameters, 0, Matching.SIZE, 1);
        parameters[Matching.SIZE + Matching.NAMES.indexOf(name)] = 1;
        return new RankerWeights(new ModelVersion("v"), 1, 1, isBetter, 9, 0.5f, 0.6f, names, parameters);
    }

    private void publish(String name, boolean isBetter) {
        published = Optional.of(by(name, isBetter, Matching.NAMES));
    }

    private Visit visit() {
        return shelf.visit(visitor, 10, OptionalDouble.empty());
    }

    private Candidates ranked(String learned) {
        return ranked(learned, visit());
    }

    private Candidates ranked(String learned, Visit visit) {
        Candidates candidates = shelf.ranked();
        ranking(learned).rank(visit, candidates);
        return candidates;
    }

    /** Somebody whose latest actions have moved them from what was learned. */
    private Visit moved(float[] to) {
        return shelf.visit(
                new Visitor(Shelf.USER, to, shelf.vectors[0], "memory", new int[] {3, 5}, 0),
                10,
                OptionalDouble.empty());
    }

    private static double dot(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (double) one[i] * other[i];
        }
        return sum;
    }

    private static List<Float> scores(Candidates candidates) {
        return IntStream.range(0, candidates.size()).mapToObj(candidates::score).toList();
    }

    private void makePopular() {
        List<ItemPopularity> statistics = new ArrayList<>();
        for (int item = 0; item < ITEMS; item++) {
            statistics.add(new ItemPopularity(
                    Shelf.id(item), 1 + (item * 7) % ITEMS, shelf.clock.instant(), shelf.clock.instant()));
        }
        assertThat(heat.read(statistics)).isSameAs(statistics);
    }

    @Test
    void withTheFlagTheOrderIsTheRankersAndTheScoresAreThoseThatWereThere() {
        makePopular();
        List<Integer> before = Visits.slots(shelf.ranked());
        publish("popularity", true);
        Candidates after = ranked("auto");
        List<Integer> known = new ArrayList<>(Visits.slots(after));
        known.remove((Integer) 7);
        assertThat(known)
                .isNotEqualTo(before)
                .isSortedAccordingTo(Comparator.comparingInt(item -> -(item * 7) % ITEMS));
        assertThat(scores(after)).isEqualTo(scores(shelf.ranked()));
        assertThat(Visits.slots(after).indexOf(7))
                .as("an item without a vector stays where it was")
                .isEqualTo(before.indexOf(7));
    }

    @Test
    void withoutTheFlagItTakesOnAndWithoutWeightsNothingChanges() {
        List<Integer> before = Visits.slots(shelf.ranked());
        assertThat(Visits.slots(ranked("auto"))).isEqualTo(before);
        assertThat(Visits.slots(ranked("on"))).isEqualTo(before);
        publish("cosine", false);
        assertThat(Visits.slots(ranked("auto"))).isEqualTo(before);
        assertThat(Visits.slots(ranked("on"))).isNotEqualTo(before).startsWith(0);
        publish("cosine", true);
        assertThat(Visits.slots(ranked("off"))).isEqualTo(before);
        assertThat(Visits.slots(ranked("auto"))).startsWith(0);
    }

    @Test
    void whatTheVisitorLikedLastCounts() {
        publish("like_last", true);
        assertThat(Visits.slots(ranked("auto"))).startsWith(3);
    }

    @Test
    void weightsOfOtherFeaturesAreNotUsed() {
        List<String> other = new ArrayList<>(Matching.NAMES);
        other.set(3, "novelty");
        published = Optional.of(by("cosine", true, other));
        assertThat(Visits.slots(ranked("on"))).isEqualTo(Visits.slots(shelf.ranked()));
    }

    @Test
    void whatTheLatestActionsAddIsAddedToWhatTheRankersOrderOfTheLearnedVectorGives() {
        publish("cosine", true);
        float[] learned = shelf.vectors[0];
        float[] taste = learned.clone();
        for (int i = 0; i < Shelf.FACTORS; i++) {
            taste[i] += shelf.vectors[9][i] / 3;
        }
        List<Integer> byRanker = new ArrayList<>(Visits.slots(ranked("auto")));
        byRanker.remove((Integer) 7);
        List<Double> known = byRanker.stream()
                .map(item -> dot(learned, shelf.vectors[item]))
                .sorted(Comparator.reverseOrder())
                .toList();
        double[] expected = new double[ITEMS];
        for (int item : byRanker) {
            double added = dot(taste, shelf.vectors[item]) - dot(learned, shelf.vectors[item]);
            expected[item] = known.get(byRanker.indexOf(item)) + added;
        }
        Candidates after = ranked("auto", moved(taste));
        List<Integer> order = new ArrayList<>(Visits.slots(after));
        order.remove((Integer) 7);
        assertThat(order).isNotEqualTo(byRanker).isSortedAccordingTo(Comparator.comparingDouble(i -> -expected[i]));
        assertThat(scores(after)).isEqualTo(scores(shelf.ranked()));
    }

    @Test
    void whoeverHasMovedFarIsFollowedWhateverTheRankerSays() {
        makePopular();
        publish("popularity", true);
        float[] taste = shelf.vectors[9].clone();
        for (int i = 0; i < taste.length; i++) {
            taste[i] *= 1000;
        }
        List<Integer> order = new ArrayList<>(Visits.slots(ranked("auto", moved(taste))));
        order.remove((Integer) 7);
        assertThat(order).isSortedAccordingTo(Comparator.comparingDouble(item -> -dot(taste, shelf.vectors[item])));
    }

    /** Item 0 is what retrieval likes best and the least popular. */
    @Test
    void whereASuccessionSpeaksForAnItemTheRankerHasNoSay() {
        makePopular();
        publish("popularity", true);
        assertThat(Visits.slots(ranked("auto")).indexOf(0)).isGreaterThan(ITEMS - 3);
        lifted = 0;
        assertThat(Visits.slots(ranked("auto")).indexOf(0)).isLessThan(3);
    }

    @Test
    void severalSourcesAreOrderedTogether() {
        publish("cosine", true);
        Candidates candidates = shelf.ranked();
        Candidates split = new Candidates();
        for (int row = 0; row < candidates.size(); row++) {
            split.add(candidates.slot(row), candidates.score(row), row % 2 == 0 ? 0 : 2);
        }
        ranking("auto").rank(visit(), split);
        assertThat(Visits.slots(split)).isEqualTo(Visits.slots(ranked("auto")));
    }

    @Test
    void itemsOfOtherSourcesKeepTheirScores() {
        publish("cosine", true);
        Candidates candidates = shelf.ranked();
        assertThat(candidates.add(10_000, 0.5f, 1)).isTrue();
        ranking("auto").rank(visit(), candidates);
        int row = Visits.slots(candidates).indexOf(10_000);
        assertThat(candidates.score(row)).isEqualTo(0.5f);
        assertThat(scores(candidates)).isSortedAccordingTo(Comparator.reverseOrder());
    }

    /** A list of this length may cost some objects, an item none. */
    @Test
    void scoringAnItemMakesNothing() {
        publish("cosine", true);
        LearnedRanking ranking = ranking("auto");
        Visit visit = moved(shelf.vectors[9]);
        Candidates few = new Candidates();
        few.add(1, 1, 0);
        Candidates many = shelf.ranked();
        for (int round = 0; round < 20_000; round++) {
            ranking.rank(visit, few);
            ranking.rank(visit, many);
        }
        long byFew = allocated(() -> ranking.rank(visit, few));
        long byMany = allocated(() -> ranking.rank(visit, many));
        assertThat((byMany - byFew) / (double) (ITEMS - 1)).isLessThan(1);
    }

    private static long allocated(Runnable task) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int round = 0; round < 1000; round++) {
            task.run();
        }
        return (threads.getCurrentThreadAllocatedBytes() - before) / 1000;
    }
}
