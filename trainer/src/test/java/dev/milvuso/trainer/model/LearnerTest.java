package dev.milvuso.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.milvuso.trainer.optimizer.Sgd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With SGD a step of rate r moves a row by −r times its gradient, so the gradient can be read off. */
final class LearnerTest {
    private static final int DIMENSION = 6;
    private static final float RATE = 1e-3f;
    private static final double REGULARIZATION = 0.07;
    private static final double INTERCEPT = -1.5;
    private static final float WEIGHT = 0.6f;

    private final FactorModel model = FactorModel.empty(DIMENSION, new Sgd(), 4);
    private final Learner learner = new Learner(model, new Sgd(), REGULARIZATION, INTERCEPT);

    LearnerTest() {
        model.users().findOrAdd("u");
        for (int item = 0; item < 4; item++) {
            int row = model.items().findOrAdd("i" + item);
            model.items().chunk(row)[model.items().offset(row) + DIMENSION - 1] = 0.2f * item;
        }
    }

    private static double[] copy(float[] row) {
        double[] copy = new double[row.length];
        for (int i = 0; i < row.length; i++) {
            copy[i] = row[i];
        }
        return copy;
    }

    private double[] user() {
        return copy(model.users().vector(0));
    }

    private double[] item(int row) {
        return copy(model.items().vector(row));
    }

    /** Cross entropy of the score with the intercept, times the weight, and half the squares of both rows. */
    private static double objective(double[] user, double[] item, int label) {
        double score = INTERCEPT;
        double squares = 0;
        for (int i = 0; i < DIMENSION; i++) {
            score += user[i] * item[i];
            squares += user[i] * user[i] + item[i] * item[i];
        }
        return WEIGHT * Math.log1p(Math.exp(label == 1 ? -score : score)) + REGULARIZATION / 2 * squares;
    }

    private static double slope(double[] user, double[] item, int label, double[] of, int i) {
        double h = 1e-6;
        double kept = of[i];
        of[i] = kept + h;
        double above = objective(user, item, label);
        of[i] = kept - h;
        double below = objective(user, item, label);
        of[i] = kept;
        return (above - below) / (2 * h);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void oneStepGoesDownTheObjectivesSlopeInBothRows(int label) {
        double[] user = user();
        double[] item = item(1);
        double loss = learner.step(0, 1, label, WEIGHT, RATE);
        for (int i = 0; i < DIMENSION; i++) {
            double wanted = i == DIMENSION - 1 ? 0 : slope(user, item, label, user, i);
            assertThat((user[i] - user()[i]) / RATE).isCloseTo(wanted, within(5e-4));
            assertThat((item[i] - item(1)[i]) / RATE).isCloseTo(slope(user, item, label, item, i), within(5e-4));
        }
        assertThat(loss).isCloseTo(objective(user, item, label) - squares(user, item), within(1e-5));
        assertThat(user()[DIMENSION - 1]).as("what the bias is multiplied with").isEqualTo(1);
    }

    private static double squares(double[] user, double[] item) {
        double sum = 0;
        for (int i = 0; i < DIMENSION; i++) {
            sum += user[i] * user[i] + item[i] * item[i];
        }
        return REGULARIZATION / 2 * sum;
    }

    @Test
    void aStepWithNegativesAddsUpTheUsersSlopesFromTheRowAsItWas() {
        double[] user = user();
        double[][] items = {item(0), item(1), item(2), item(3)};
        int[] negatives = {1, 3, 2};
        double loss = learner.step(0, 0, negatives, 2, WEIGHT, RATE);
        double mean = 0;
        int[] taken = {0, 1, 3};
        for (int row : taken) {
            int label = row == 0 ? 1 : 0;
            mean += (objective(user, items[row], label) - squares(user, items[row])) / taken.length;
            for (int i = 0; i < DIMENSION; i++) {
                assertThat((items[row][i] - item(row)[i]) / RATE)
                        .isCloseTo(slope(user, items[row], label, items[row], i), within(5e-4));
            }
        }
        for (int i = 0; i + 1 < DIMENSION; i++) {
            double sum = 0;
            for (int row : taken) {
                sum += slope(user, items[row], row == 0 ? 1 : 0, user, i);
            }
            assertThat((user[i] - user()[i]) / RATE).isCloseTo(sum, within(1e-3));
        }
        assertThat(item(2)).as("a negative beyond the count").isEqualTo(items[2]);
        assertThat(loss).isCloseTo(mean, within(1e-5));
    }

    @Test
    void aRowThatIsNoNumberIsToldAndMovesNothingElse() {
        model.users().chunk(0)[model.users().offset(0)] = Float.NaN;
        double[] item = item(0);
        assertThat(learner.step(0, 0, 1, WEIGHT, RATE)).isNaN();
        assertThat(item(0)).isEqualTo(item);
    }

    @Test
    void theInterceptIsTheLogOddsOfAPositive() {
        assertThat(Learner.intercept(8)).isCloseTo(Math.log(1.0 / 8), within(1e-12));
        assertThat(Learner.intercept(0)).isZero();
    }
}
