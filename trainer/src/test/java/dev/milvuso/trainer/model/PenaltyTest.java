package dev.milvuso.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.milvuso.trainer.loss.LogisticLoss;
import dev.milvuso.trainer.optimizer.Clipping;
import dev.milvuso.trainer.optimizer.Sgd;
import org.junit.jupiter.api.Test;

final class PenaltyTest {
    private static final int[] COUNTS = {1, 4, 16, 3};

    private static double length(float[] row, int numbers) {
        double squares = 0;
        for (int i = 0; i < numbers; i++) {
            squares += (double) row[i] * row[i];
        }
        return Math.sqrt(squares);
    }

    @Test
    void aPowerOfOneIsTheSameForEveryRowSinceEveryChoiceIsAStep() {
        Penalty penalty = Penalty.scaled(0.1, 1, COUNTS, COUNTS, 0);
        assertThat(penalty.ofUser(2)).isEqualTo(0.1f);
        assertThat(penalty.ofItem(0)).isEqualTo(0.1f);
    }

    @Test
    void aPowerOfNothingTakesTheCountsBackOut() {
        // The mean count is 6.
        Penalty penalty = Penalty.scaled(0.1, 0, COUNTS, new int[] {6, 6}, 0);
        assertThat(penalty.ofUser(2)).isCloseTo(0.1f * 6 / 16, within(1e-6f));
        assertThat(penalty.ofUser(0)).isCloseTo(0.1f * 6, within(1e-6f));
        assertThat(penalty.ofItem(1)).isCloseTo(0.1f, within(1e-6f));
    }

    @Test
    void aPowerBetweenIsAPowerOfTheCount() {
        Penalty penalty = Penalty.scaled(1, 0.5, COUNTS, COUNTS, 0);
        assertThat(penalty.ofUser(2) / penalty.ofUser(1)).isCloseTo(0.5f, within(1e-6f));
    }

    @Test
    void noRowIsLongerThanTheMaximumAfterAStep() {
        FactorModel model = FactorModel.empty(6, new Sgd(), 4);
        model.users().findOrAdd("u");
        model.items().findOrAdd("i");
        Penalty penalty = Penalty.scaled(0, 1, COUNTS, COUNTS, 0.25);
        new Learner(model, new Sgd(), new LogisticLoss(), penalty, Clipping.NONE, true, 0).step(0, 0, 1, 1, 0.5f);
        assertThat(length(model.users().vector(0), 5)).isCloseTo(0.25, within(1e-6));
        assertThat(model.users().vector(0)[5]).isEqualTo(1);
        assertThat(length(model.items().vector(0), 6)).isCloseTo(0.25, within(1e-6));
    }
}
