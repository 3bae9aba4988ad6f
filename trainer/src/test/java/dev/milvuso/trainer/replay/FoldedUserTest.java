package dev.milvuso.trainer.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.milvuso.trainer.model.FactorModel;
import dev.milvuso.trainer.model.Scoring;
import dev.milvuso.trainer.optimizer.Sgd;
import dev.milvuso.vector.Metric;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Against normal equations of two numbers, solved by hand. */
final class FoldedUserTest {
    private static final Offset<Double> ROUNDING = within(1e-9);

    @Test
    void oneActionOfALengthWithARidgeOfOne() {
        FoldedUser user = new FoldedUser(new LeastSquares(Inverse.ofRidge(1, 2)), 5);
        assertThat(user.isNew()).isTrue();
        user.add(new float[] {2, 0});
        // (1 + 4) x = 2.
        assertThat(user.vector()).containsExactly(new double[] {0.4, 0}, ROUNDING);
        user.add(new float[] {0, 3});
        assertThat(user.vector()).containsExactly(new double[] {0.4, 0.3}, ROUNDING);
        assertThat(user.isNew()).isFalse();
    }

    @Test
    void actionsThatAreNotAtRightAnglesShareWhatTheyExplain() {
        FoldedUser user = new FoldedUser(new LeastSquares(Inverse.ofRidge(1, 2)), 5);
        user.add(new float[] {1, 0});
        user.add(new float[] {1, 1});
        // [3 1; 1 2] x = [2; 1]: x = (3/5, 1/5).
        assertThat(user.vector()).containsExactly(new double[] {0.6, 0.2}, ROUNDING);
    }

    @Test
    void theOldestActionGoesWhenTheWindowIsFull() {
        FoldedUser user = new FoldedUser(new LeastSquares(Inverse.ofRidge(0.5, 2)), 1);
        user.add(new float[] {4, 4});
        user.add(new float[] {0, 1});
        assertThat(user.vector()).containsExactly(new double[] {0, 1 / 1.5}, ROUNDING);
    }

    @Test
    void aCopyMovesAlone() {
        Inverse inverse = Inverse.ofRidge(2, 1);
        inverse.copy().add(new float[] {1}, 1);
        assertThat(inverse.times(new double[] {1})).containsExactly(new double[] {0.5}, ROUNDING);
        inverse.add(new float[] {2}, 0.5);
        assertThat(inverse.times(new double[] {1})).containsExactly(new double[] {0.25}, ROUNDING);
    }

    @Test
    void byDistancesAUserLiesBetweenTheActionsAndTheMiddle() {
        FoldedUser user = new FoldedUser(new Nearest(new double[] {0, 8, 0.5}, 1), 2);
        user.add(new float[] {2, 0, 0.1f});
        // (1 · (0, 8) + (2, 0)) / 2, and the 1 that stands against biases.
        assertThat(user.vector()).containsExactly(new double[] {1, 4, 1}, ROUNDING);
        user.add(new float[] {4, 1, 0.2f});
        assertThat(user.vector()).containsExactly(new double[] {2, 3, 1}, ROUNDING);
        user.add(new float[] {5, 0, 0.3f});
        assertThat(user.vector()).containsExactly(new double[] {3, 3, 1}, ROUNDING);
    }

    private static FoldedItems items(Metric metric, float[]... rows) {
        FactorModel empty = FactorModel.empty(2, new Sgd(), 1);
        FactorModel model = empty.scored(new Scoring(metric, false, 0, 1));
        int[] numbers = new int[rows.length + 1];
        for (int row = 0; row < rows.length; row++) {
            numbers[row] = model.items().findOrAdd("item" + row);
            System.arraycopy(
                    rows[row], 0, model.items().chunk(row), model.items().offset(row), 2);
        }
        numbers[rows.length] = -1;
        return FoldedItems.of(new BatchModel(model, new int[0], numbers, new int[numbers.length]));
    }

    @Test
    void itemsAreComparedByTheMetricOfTheModel() {
        float[] near = {1, 1};
        float[] far = {9, 8};
        double[] user = {2, 2};
        FoldedItems products = items(Metric.INNER_PRODUCT, near, far);
        assertThat(products.score(user, 0)).isEqualTo(4);
        assertThat(products.score(user, 1)).isEqualTo(34);
        FoldedItems cosines = items(Metric.COSINE, near, far);
        assertThat(cosines.score(user, 0)).isGreaterThan(cosines.score(user, 1));
        assertThat(cosines.vectors()[1]).containsExactly(new float[] {0.7474f, 0.6644f}, within(1e-4f));
        FoldedItems distances = items(Metric.EUCLIDEAN, near, far);
        assertThat(distances.score(user, 0)).isEqualTo(-2);
        assertThat(distances.score(user, 1)).isEqualTo(-85);
        assertThat(distances.isKnown(1)).isTrue();
        assertThat(distances.isKnown(2)).isFalse();
        // Half of the way to the middle, (5, 4.5); the last number is the 1 that stands against biases.
        Fit fit = distances.fits(0.5, 0.5).get();
        fit.move(near, 1);
        assertThat(fit.vector()).containsExactly(new double[] {3, 1}, ROUNDING);
    }
}
