package dev.milvuso.trainer.ranker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.embedding.Kind;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.embedding.RankerWeights;
import dev.milvuso.trainer.model.FactorModel;
import dev.milvuso.trainer.optimizer.Sgd;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnlineRankerTest {
    private static final int USERS = 20;
    private static final int ITEMS = 200;
    private static final int FASHION = 10;
    private static final long MINUTE = 60_000;
    private static final ModelVersion VERSION = new ModelVersion("v");

    private final Config config = ConfigLoader.defaults();
    private final FactorModel model = model();
    private OnlineRanker ranker = ranker(config);
    private long now = 1_700_000_000_000L;

    /** Rows that nobody has taught anything. */
    private static FactorModel model() {
        FactorModel model = FactorModel.empty(8, new Sgd(), 1);
        for (int user = 0; user < USERS; user++) {
            var unused = model.users().findOrAdd("u" + user);
        }
        for (int item = 0; item < ITEMS; item++) {
            var unused = model.items().findOrAdd("i" + item);
        }
        return model;
    }

    private OnlineRanker ranker(Config its) {
        return new OnlineRanker(model, its.training(), its.features(), its.ranking());
    }

    private static Config by(String optimizer, double rate) {
        return ConfigLoader.load(
                Optional.empty(),
                Map.of(),
                List.of("ranking.learned_optimizer=" + optimizer, "ranking.learned_rate=" + rate));
    }

    private void play(int rounds, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int n = 0; n < rounds; n++) {
            now += MINUTE;
            // Ten items are in fashion, and every thousand rounds ten others.
            int item = n / 1000 * FASHION % ITEMS + random.nextInt(FASHION);
            int user = random.nextInt(USERS);
            ranker.foresee(user, item, now);
            ranker.chosen(user, item, 1, now);
        }
    }

    private RankerWeights weights() {
        return ranker.weights(VERSION, 3, 4);
    }

    @Test
    void itLearnsWhatTheVectorsDoNotKnowAndIsOn() {
        assertThat(weights().isBetter()).isFalse();
        play(5000, 1);
        RankerWeights weights = weights();
        assertThat(weights.isBetter()).isTrue();
        assertThat(weights.lists()).isEqualTo(5000);
        assertThat(weights.ranker()).isGreaterThan(weights.retrieval() + 0.3f);
        ranker.begin(0, now);
        assertThat(ranker.score(4 * FASHION)).isGreaterThan(ranker.score(FASHION));
    }

    @Test
    void whileNothingIsLearnedTheOrderIsAboutThatOfRetrieval() {
        ranker.begin(0, now);
        int agree = 0;
        for (int item = 1; item < ITEMS; item++) {
            boolean before = model.score(0, item) > model.score(0, 0);
            agree += before == ranker.score(item) > ranker.score(0) ? 1 : 0;
        }
        assertThat(agree).isGreaterThan(9 * ITEMS / 10);
    }

    @Test
    void anotherGoesOnFromItsPartsAsItWouldItself() {
        play(3000, 2);
        OnlineRanker other = ranker(config);
        for (int part = 0; part < ranker.parts(); part++) {
            other.restore(part, ranker.part(part));
        }
        assertThat(other.weights(VERSION, 3, 4)).usingRecursiveComparison().isEqualTo(weights());
        other.begin(1, now);
        ranker.dropped(Kind.USER, 1); // whose likes are not in the parts
        ranker.begin(1, now);
        for (int item = 0; item < ITEMS; item++) {
            assertThat(other.score(item)).isEqualTo(ranker.score(item));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "sgd,0.02",
        "momentum,0.005",
        "nesterov,0.005",
        "adagrad,0.05",
        "rowwise_adagrad,0.05",
        "adam,0.003",
        "adamw,0.003",
        "amsgrad,0.003",
        "nadam,0.003",
        "rmsprop,0.003",
        "ftrl,0.05"
    })
    void everyOptimizerLearnsItAndGoesOnWhereItWas(String optimizer, double rate) {
        ranker = ranker(by(optimizer, rate));
        play(5000, 1);
        assertThat(weights().isBetter()).isTrue();
        OnlineRanker other = ranker(by(optimizer, rate));
        other.restore(0, ranker.part(0));
        assertThat(other.weights(VERSION, 3, 4)).usingRecursiveComparison().isEqualTo(weights());
        assertThat(other.part(0)).isEqualTo(ranker.part(0));
    }

    @Test
    void anotherOptimizerBeginsAnew() {
        play(3000, 2);
        OnlineRanker other = ranker(by("rmsprop", 0.05));
        RankerWeights before = other.weights(VERSION, 3, 4);
        other.restore(0, ranker.part(0)); // of as many bytes
        assertThat(other.weights(VERSION, 3, 4)).usingRecursiveComparison().isEqualTo(before);
    }

    @Test
    void partsOfAnotherKindOfRankerAreNotTaken() {
        RankerWeights before = weights();
        ranker.restore(0, java.nio.ByteBuffer.allocate(77));
        assertThat(weights()).usingRecursiveComparison().isEqualTo(before);
    }

    @Test
    void whoIsDroppedLeavesNoTraceInScores() {
        play(3000, 3);
        OnlineRanker other = ranker(config);
        other.restore(0, ranker.part(0));
        ranker.dropped(Kind.USER, 2);
        for (int item = 0; item < ITEMS; item++) {
            ranker.dropped(Kind.ITEM, item);
        }
        ranker.begin(2, now);
        other.begin(2, now);
        for (int item = 0; item < ITEMS; item++) {
            assertThat(ranker.score(item)).isEqualTo(other.score(item));
        }
    }

    @Test
    void everyPartThatCameIntoBeingCountsAsChanged() {
        ranker.chosen(0, 1, 1, now);
        ranker.kept();
        ranker.chosen(0, 20_000, 1, now);
        assertThat(ranker.parts()).isEqualTo(6);
        assertThat(ranker.changed().stream()).contains(2, 3, 4, 5);
    }
}
