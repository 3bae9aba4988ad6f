package dev.milvuso.trainer.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.milvuso.config.ConfigLoader;
import dev.milvuso.config.OnlineConfig;
import dev.milvuso.trainer.model.FactorModel;
import dev.milvuso.trainer.optimizer.Sgd;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NegativesTest {
    private static final int DRAWS = 50_000;

    private final FactorModel model = FactorModel.empty(4, new Sgd(), 1);

    private Negatives negatives(String... settings) {
        OnlineConfig config =
                ConfigLoader.load(Optional.empty(), Map.of(), List.of(settings)).online();
        return new Negatives(config, 4, model, new SplittableRandom(7));
    }

    private void items(int count) {
        for (int item = model.items().size(); item < count; item++) {
            model.items().findOrAdd("i" + item);
        }
    }

    private double share(Negatives negatives, int item, int positive) {
        int drawn = 0;
        for (int n = 0; n < DRAWS; n++) {
            drawn += negatives.draw(0, positive) == item ? 1 : 0;
        }
        return drawn / (double) DRAWS;
    }

    @Test
    void popularItemsAreDrawnAsOftenAsTheLatestPositivesHadThem() {
        items(4);
        Negatives negatives = negatives("online.negative_sampler=popularity", "online.popularity_power=1");
        Rehearsal rehearsal = new Rehearsal(40, negatives);
        for (int n = 0; n < 100; n++) {
            rehearsal.add(n, 1, 1, 0);
        }
        for (int n = 0; n < 40; n++) {
            rehearsal.add(n, n % 4 == 0 ? 2 : 3, 1, 0);
        }
        assertThat(share(negatives, 2, 0)).isCloseTo(10 / 41.0, within(0.02));
        assertThat(share(negatives, 3, 0)).isCloseTo(30 / 41.0, within(0.02));
        assertThat(negatives.logProbability(3) - negatives.logProbability(2))
                .isCloseTo((float) Math.log(3), within(1e-5f));
        // What was popular and no longer is counts as half a choice, as does what never was.
        assertThat(share(negatives, 1, 0)).isCloseTo(0.5 / 41.0, within(0.005));
    }

    @Test
    void withoutAnyPositiveYetPopularityDrawsUniformly() {
        items(3);
        Negatives negatives = negatives("online.negative_sampler=popularity");
        assertThat(share(negatives, 1, 0)).isCloseTo(0.5, within(0.02));
    }

    @Test
    void theBatchIsWhatWasLearntLastAlsoOfItemsThatCameLater() {
        items(2);
        Negatives negatives = negatives("online.negative_sampler=in_batch");
        items(60);
        for (int item : new int[] {5, 59, 59, 59, 7}) {
            negatives.learnt(item);
        }
        assertThat(share(negatives, 59, 0)).isCloseTo(0.75, within(0.02));
        assertThat(share(negatives, 7, 0)).isCloseTo(0.25, within(0.02));
        assertThat(negatives.logProbability(59)).isCloseTo((float) Math.log(0.75), within(1e-6f));
        assertThat(negatives.logProbability(11)).isCloseTo((float) Math.log(0.125), within(1e-6f));
    }

    @ParameterizedTest
    @ValueSource(strings = {"uniform", "popularity", "in_batch"})
    void whatTheUserHasChosenLatelyIsNoNegativeAndWhatWasLongAgoIs(String sampler) {
        items(5);
        Negatives negatives = negatives(
                "online.exclude_known=true", "online.negative_sampler=" + sampler, "online.popularity_power=0");
        Rehearsal rehearsal = new Rehearsal(3, negatives);
        for (int item : new int[] {1, 2, 2, 3}) {
            rehearsal.add(0, item, 1, 0);
            negatives.learnt(item);
        }
        negatives.learnt(4);
        negatives.learnt(1);
        assertThat(share(negatives, 2, 0)).isZero();
        assertThat(share(negatives, 3, 0)).isZero();
        assertThat(share(negatives, 1, 0)).as("no longer remembered").isPositive();
        assertThat(share(negatives, 4, 0)).isPositive();
    }

    @Test
    void theHardestOfSeveralIsTaken() {
        items(3);
        model.users().findOrAdd("u");
        model.items().chunk(2)[model.items().offset(2) + 3] = 50;
        assertThat(share(negatives(), 2, 0)).isCloseTo(0.5, within(0.02));
        assertThat(share(negatives("online.hard_candidates=3"), 2, 0)).isCloseTo(1 - 1 / 8.0, within(0.02));
    }

    @Test
    void aFractionalRatioIsMetOnAverage() {
        items(2);
        Negatives negatives = negatives("online.negative_sampling_ratio=2.5");
        long all = 0;
        for (int n = 0; n < DRAWS; n++) {
            int count = negatives.count();
            assertThat(count).isBetween(2, 3);
            all += count;
        }
        assertThat(all / (double) DRAWS).isCloseTo(2.5, within(0.02));
    }
}
