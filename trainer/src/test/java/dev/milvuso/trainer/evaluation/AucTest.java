package dev.milvuso.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** All expectations are worked out by hand: pairs in the right order, ties half, over all pairs. */
final class AucTest {
    private static double auc(double[] wanted, int unknown, double... others) {
        Auc auc = new Auc(wanted, unknown);
        for (double score : wanted) {
            auc.offer(score);
        }
        for (double score : others) {
            auc.offer(score);
        }
        return auc.value();
    }

    @Test
    void pairsInTheRightOrderCountOneAndTiesHalf() {
        // 3 beats 1 and 2 and ties with 3; 2 beats 1, ties with 2 and loses to 3.
        assertThat(auc(new double[] {3, 2}, 0, 1, 2, 3)).isEqualTo((2.5 + 1.5) / 6);
        assertThat(auc(new double[] {9}, 0, 1, 2)).isEqualTo(1);
        assertThat(auc(new double[] {0}, 0, 1, 2)).isZero();
        assertThat(auc(new double[] {5, 5, 5}, 0, 5, 5)).isEqualTo(0.5);
    }

    @Test
    void aWantedItemThatCannotBeScoredStandsBelowAll() {
        assertThat(auc(new double[] {9}, 1, 1, 2)).isEqualTo(0.5);
        assertThat(auc(new double[0], 2, 1, 2)).isZero();
    }

    @Test
    void withNothingToCompareThereIsNone() {
        assertThat(auc(new double[] {1, 2}, 0)).isNaN();
        assertThat(auc(new double[0], 0, 1)).isNaN();
    }
}
