package dev.milvuso.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.milvuso.trainer.initializer.RowInitializer;
import dev.milvuso.trainer.initializer.XavierInitializer;
import dev.milvuso.trainer.loss.LogisticLoss;
import dev.milvuso.trainer.optimizer.Clipping;
import dev.milvuso.trainer.optimizer.Sgd;
import dev.milvuso.vector.Metric;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A step of plain descent moves every row by its rate times the slope of the loss, whatever the metric. */
final class GeometryTest {
    private static final int DIMENSION = 7;
    private static final float RATE = 1e-3f;
    private static final double BIAS = -0.7;
    private static final float WEIGHT = 0.6f;
    private static final int ITEMS = 3;

    private static FactorModel model(Scoring scoring) {
        RowInitializer initializer = new XavierInitializer(4, 1);
        FactorModel model = FactorModel.empty(DIMENSION, new Sgd(), new Sgd(), initializer, initializer, scoring);
        model.users().findOrAdd("u");
        for (int item = 0; item < ITEMS; item++) {
            int row = model.items().findOrAdd("i" + item);
            model.items().chunk(row)[model.items().offset(row) + DIMENSION - 1] = 0.3f * item - 0.2f;
        }
        return model;
    }

    private static double[] copy(float[] row) {
        double[] copy = new double[row.length];
        for (int i = 0; i < row.length; i++) {
            copy[i] = row[i];
        }
        return copy;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double nearness(Metric metric, double[] u, double[] v) {
        return switch (metric) {
            case INNER_PRODUCT -> dot(u, v);
            case COSINE -> dot(u, v) / Math.sqrt(dot(u, u) * dot(v, v));
            case MANHATTAN -> throw new IllegalArgumentException("no metric of models");
            case EUCLIDEAN -> -(dot(u, u) - 2 * dot(u, v) + dot(v, v));
        };
    }

    /** Cross entropy of item 0, which was chosen, and of the others, which were not. */
    private static double objective(Scoring scoring, double[] user, double[][] items, double bias, double scale) {
        double loss = 0;
        for (int item = 0; item < ITEMS; item++) {
            double score = bias + scale * nearness(scoring.metric(), user, items[item]);
            loss += WEIGHT * Math.log1p(Math.exp(item == 0 ? -score : score));
        }
        return loss;
    }

    @ParameterizedTest
    @CsvSource({
        "INNER_PRODUCT, false, 1",
        "INNER_PRODUCT, true, 1",
        "COSINE, false, 5",
        "COSINE, true, 5",
        "EUCLIDEAN, false, 1",
        "EUCLIDEAN, true, 1"
    })
    void aStepGoesDownTheSlope(Metric metric, boolean userBiases, float scale) {
        Scoring scoring = new Scoring(metric, userBiases, (float) BIAS, scale);
        FactorModel model = model(scoring);
        double[] user = copy(model.users().vector(0));
        double[][] items = new double[ITEMS][];
        for (int item = 0; item < ITEMS; item++) {
            items[item] = copy(model.items().vector(item));
        }
        double loss = new Learner(model, new Sgd(), 0, BIAS).step(0, 0, new int[] {1, 2}, 2, WEIGHT, RATE);

        assertThat(loss).isCloseTo(objective(scoring, user, items, BIAS, scale) / ITEMS, within(1e-5));
        for (int i = 0; i + 1 < DIMENSION; i++) {
            assertThat((user[i] - model.users().vector(0)[i]) / RATE)
                    .as("user " + i)
                    .isCloseTo(slope(scoring, user, items, user, i, scale), within(2e-3));
        }
        assertThat(model.users().vector(0)[DIMENSION - 1]).isEqualTo(1);
        for (int item = 0; item < ITEMS; item++) {
            for (int i = 0; i < DIMENSION; i++) {
                boolean constant = userBiases && i == DIMENSION - 2;
                double expected = constant ? 0 : slope(scoring, user, items, items[item], i, scale);
                assertThat((items[item][i] - model.items().vector(item)[i]) / RATE)
                        .as("item " + item + " " + i)
                        .isCloseTo(expected, within(2e-3));
            }
        }
    }

    private static double slope(Scoring scoring, double[] user, double[][] items, double[] of, int i, double scale) {
        double h = 1e-6;
        double kept = of[i];
        of[i] = kept + h;
        double above = objective(scoring, user, items, BIAS, scale);
        of[i] = kept - h;
        double below = objective(scoring, user, items, BIAS, scale);
        of[i] = kept;
        return (above - below) / (2 * h);
    }

    /** AdaGrad from a sum of 1: the first step is {@code 0.1 g / √(1 + g²)}. */
    @ParameterizedTest
    @CsvSource({"INNER_PRODUCT, 1", "COSINE, 5", "EUCLIDEAN, 1"})
    void theSharedNumbersGoDownTheirSlopes(Metric metric, float scale) {
        Scoring scoring = new Scoring(metric, false, (float) BIAS, scale);
        FactorModel model = model(scoring);
        double[] user = copy(model.users().vector(0));
        double[][] items = new double[ITEMS][];
        for (int item = 0; item < ITEMS; item++) {
            items[item] = copy(model.items().vector(item));
        }
        SharedNumbers shared = new SharedNumbers(scoring, true, true);
        Learner learner = new Learner(model, new Sgd(), new LogisticLoss(), Penalty.l2(0), Clipping.NONE, true, shared);
        learner.step(0, 0, new int[] {1, 2}, 2, WEIGHT, RATE);

        double h = 1e-6;
        double byBias =
                (objective(scoring, user, items, BIAS + h, scale) - objective(scoring, user, items, BIAS - h, scale))
                        / (2 * h);
        double byScale =
                (objective(scoring, user, items, BIAS, scale + h) - objective(scoring, user, items, BIAS, scale - h))
                        / (2 * h);
        assertThat(learner.shared().bias())
                .isCloseTo(BIAS - 0.1 * byBias / Math.sqrt(1 + byBias * byBias), within(1e-6));
        assertThat(learner.shared().scale())
                .isCloseTo(scale - 0.1 * byScale / Math.sqrt(1 + byScale * byScale), within(1e-6));
        assertThat(learner.shared()).isEqualTo(shared.state());
    }
}
