package dev.milvuso.server.ranking.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SideBySideTest {
    private static final int LENGTH = 20;

    private final SideBySide judged = new SideBySide(10, 0.005, 500, 50);

    @Test
    void theGainIsTheDiscountedSumOverTheBestPossible() {
        assertThat(Ndcg.at(3, new int[] {1, 0, 0})).isEqualTo(1);
        assertThat(Ndcg.at(3, new int[] {0, 1, 0})).isCloseTo(1 / (Math.log(3) / Math.log(2)), within(1e-12));
        assertThat(Ndcg.at(2, new int[] {0, 0, 1})).isZero();
        assertThat(Ndcg.at(3, new int[] {0, 0, 0})).isZero();
        assertThat(Ndcg.at(3, Ndcg.ordered(new int[] {0, 1, 0}, new double[] {1, 2, 3})))
                .isEqualTo(Ndcg.at(3, new int[] {0, 1, 0}));
    }

    /** One item of the list is answered for: the one for which truth and noise together are largest. */
    private void play(int lists, double trust, long seed) {
        Random random = new Random(seed);
        for (int list = 0; list < lists; list++) {
            double[] truth = random.doubles(LENGTH).toArray();
            double[] scores = IntStream.range(0, LENGTH)
                    .mapToDouble(i -> trust * truth[i] + random.nextDouble())
                    .toArray();
            int best = IntStream.range(0, LENGTH)
                    .reduce((one, other) -> truth[other] > truth[one] ? other : one)
                    .orElseThrow();
            judged.judge(IntStream.range(0, LENGTH).map(i -> i == best ? 1 : 0).toArray(), scores);
        }
    }

    @Test
    void aRankerThatKnowsMoreIsTurnedOnAndOffAgainWhenItNoLongerDoes() {
        play(40, 1, 1);
        assertThat(judged.beatsRetrieval()).as("too few lists").isFalse();
        play(500, 1, 2);
        assertThat(judged.beatsRetrieval()).isTrue();
        assertThat(judged.ranker()).isGreaterThan(judged.retrieval() + 0.1);
        play(500, -1, 3);
        assertThat(judged.beatsRetrieval()).isFalse();
    }

    @Test
    void aRankerThatGuessesIsRarelyTurnedOn() {
        int on = 0;
        for (int seed = 0; seed < 100; seed++) {
            SideBySide guessed = new SideBySide(10, 0.005, 500, 500);
            Random random = new Random(seed);
            for (int list = 0; list < 500; list++) {
                int answered = random.nextInt(LENGTH);
                guessed.judge(
                        IntStream.range(0, LENGTH)
                                .map(i -> i == answered ? 1 : 0)
                                .toArray(),
                        random.doubles(LENGTH).toArray());
            }
            on += guessed.beatsRetrieval() ? 1 : 0;
        }
        assertThat(on).isLessThan(8);
    }

    @Test
    void listsWithoutAnAnswerSayNothing() {
        IntStream.range(0, 1000).forEach(i -> judged.judge(new int[LENGTH], new double[LENGTH]));
        assertThat(judged.ranker()).isZero();
        assertThat(judged.beatsRetrieval()).isFalse();
    }

    @Test
    void namesBeyondTheBoundShareNumbersAndNoneChanges() {
        FeatureNames names = new FeatureNames(100, 20);
        int[] first = IntStream.range(0, 1000).map(i -> names.of("n" + i)).toArray();
        Set<Integer> own = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            assertThat(names.of("n" + i)).isEqualTo(first[i]).isBetween(0, names.size() - 1);
            if (i < 100) {
                assertThat(own.add(first[i])).isTrue();
                assertThat(first[i]).isLessThan(100);
            } else {
                assertThat(first[i]).isGreaterThanOrEqualTo(100);
            }
        }
    }

    @Test
    void theScaleOfAFeatureDoesNotMatter() {
        Normalisation one = new Normalisation(1);
        Normalisation thousand = new Normalisation(1);
        Random random = new Random(5);
        Features small = new Features();
        Features large = new Features();
        for (int i = 0; i < 1000; i++) {
            double value = random.nextGaussian();
            small.clear();
            large.clear();
            small.add(0, value);
            large.add(0, 1000 * value);
            one.see(small);
            thousand.see(large);
            one.apply(small);
            thousand.apply(large);
            assertThat(small.value(0)).isCloseTo(large.value(0), within(1e-4f)).isBetween(-5f, 5f);
        }
    }

    /** Retrieval sees the match only; users also go by how popular an item is. */
    @Test
    void onSimulatedListsTheLearnedOrderBeatsRetrieval() {
        FeatureNames names = new FeatureNames(64, 16);
        Normalisation normalisation = new Normalisation(names.size());
        FactorizationMachine machine = new FactorizationMachine(
                2,
                new FtrlWeights(1, 0.1, 1, 0, 0),
                new FtrlWeights(names.size(), 0.1, 1, 0, 0),
                new AdaGradWeights(FactorizationMachine.start(names.size(), 2, 1), 0.05, 1e-4));
        Random random = new Random(6);
        for (int list = 0; list < 1500; list++) {
            double[] product = random.doubles(LENGTH, -1, 1)
                    .map(value -> -value)
                    .sorted()
                    .map(value -> -value)
                    .toArray();
            double[] popularity = random.doubles(LENGTH, 0, 100).toArray();
            int[] labels = new int[LENGTH];
            double[] scores = new double[LENGTH];
            Features[] all = new Features[LENGTH];
            for (int i = 0; i < LENGTH; i++) {
                all[i] = new Features();
                new Match(product[i], Double.NaN, popularity[i], 3, 0.1, 0, 5, 12, "c" + i % 3).into(all[i], names);
                normalisation.apply(all[i]);
                scores[i] = machine.logit(all[i]);
                double logit = product[i] + 2 * Math.log1p(popularity[i]) - 9;
                labels[i] = random.nextDouble() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
            }
            judged.judge(labels, scores);
            for (int i = 0; i < LENGTH; i++) {
                machine.learn(all[i], labels[i], 1);
                Features raw = new Features();
                new Match(product[i], Double.NaN, popularity[i], 3, 0.1, 0, 5, 12, "c" + i % 3).into(raw, names);
                normalisation.see(raw);
            }
        }
        assertThat(judged.beatsRetrieval()).isTrue();
        assertThat(judged.ranker()).isGreaterThan(judged.retrieval());
    }
}
