package dev.milvuso.trainer.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.milvuso.trainer.math.simd.LaneMath;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scalar twin against double precision, and the vector instructions against the scalar twin, bit for bit. */
final class VectorMathTest {
    private static final int OFFSET = 3;

    private final VectorMath scalar = new ScalarMath();
    private final VectorMath lanes = new LaneMath();
    private final SplittableRandom random = new SplittableRandom(8);

    private float[] numbers(int length) {
        float[] numbers = new float[length];
        for (int i = 0; i < length; i++) {
            numbers[i] = (float) (random.nextDouble(-1, 1) * Math.pow(10, random.nextInt(-3, 3)));
        }
        return numbers;
    }

    @Test
    void theVectorModuleIsUsedWhereItIs() {
        assertThat(VectorMath.BEST).isInstanceOf(LaneMath.class);
        assertThat(VectorMath.BEST.name()).isEqualTo("256-bit lanes");
        assertThat(scalar.name()).isEqualTo("plain loops");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 63, 64, 65, 128, 255})
    void anInnerProductIsTheSumOfTheProductsWithTheSameBitsByBoth(int length) {
        for (int round = 0; round < 50; round++) {
            float[] a = numbers(OFFSET + length + 2);
            float[] b = numbers(length + 9);
            double exact = 0;
            double size = 0;
            for (int i = 0; i < length; i++) {
                exact += (double) a[OFFSET + i] * b[i + 1];
                size += Math.abs((double) a[OFFSET + i] * b[i + 1]);
            }
            float dot = scalar.dot(a, OFFSET, b, 1, length);
            assertThat((double) dot).isCloseTo(exact, within(1e-6 * size));
            assertThat(lanes.dot(a, OFFSET, b, 1, length)).isEqualTo(dot);
        }
    }

    @Test
    void theOrderOfAdditionIsTheOneStated() {
        float[] ones = new float[16];
        Arrays.fill(ones, 1);
        // Number 8 goes to the sum of number 0, where it is lost beside 1e8; number 4 meets them before the others do.
        float[] a = {1e8f, 0, 0, 0, -1e8f, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0};
        assertThat(scalar.dot(a, 0, ones, 0, 16)).isZero();
        assertThat(lanes.dot(a, 0, ones, 0, 16)).isZero();
        float[] b = {1e8f, 3, 0, 0, -1e8f, 0, 0, 0};
        assertThat(scalar.dot(b, 0, ones, 0, 8)).isEqualTo(3);
    }

    /** A row, its optimizer's state, and a pull at it; another of the same numbers for the other implementation. */
    private static final class Stage {
        private static final float SLOPE = 0.3f;
        private static final float L2 = 0.01f;
        private final float[] rows;
        private final float[] state;
        private final float[] other;
        private final float[] back;

        Stage(float[] rows, float[] state, float[] other, float[] back) {
            this.rows = rows;
            this.state = state;
            this.other = other;
            this.back = back;
        }

        Stage copy() {
            return new Stage(rows.clone(), state.clone(), other, back.clone());
        }

        Pull pull() {
            return new Pull(other, back, new float[other.length]).by(SLOPE, L2);
        }

        double gradient(int i) {
            return (double) SLOPE * other[i] + (double) L2 * rows[OFFSET + i];
        }
    }

    private Stage stage(int length) {
        float[] state = numbers(2 + 2 * length);
        for (int i = 0; i < state.length; i++) {
            state[i] = Math.abs(state[i]);
        }
        return new Stage(numbers(OFFSET + length + 1), state, numbers(length), numbers(length));
    }

    /** Runs both implementations, and compares them with each other and what pulls back with the definition. */
    private Stage moved(Stage old, int length, BiConsumer<VectorMath, Stage> step) {
        Stage moved = old.copy();
        Stage same = old.copy();
        step.accept(scalar, moved);
        step.accept(lanes, same);
        assertThat(same.rows).isEqualTo(moved.rows);
        assertThat(same.state).isEqualTo(moved.state);
        assertThat(same.back).isEqualTo(moved.back);
        for (int i = 0; i < length; i++) {
            double row = old.rows[OFFSET + i];
            double size = Math.abs(row) + Math.abs(old.back[i]);
            assertThat((double) moved.back[i]).isCloseTo(old.back[i] + (double) Stage.SLOPE * row, within(1e-6 * size));
        }
        assertThat(moved.rows[OFFSET - 1]).isEqualTo(old.rows[OFFSET - 1]);
        assertThat(moved.rows[OFFSET + length]).isEqualTo(old.rows[OFFSET + length]);
        assertThat(moved.state[0]).isEqualTo(old.state[0]);
        assertThat(moved.state[moved.state.length - 1]).isEqualTo(old.state[old.state.length - 1]);
        return moved;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 63, 64, 100})
    void aStepMovesTheRowAgainstItsGradient(int length) {
        Stage old = stage(length);
        Stage moved = moved(old, length, (math, at) -> math.step(at.rows, OFFSET, at.pull(), 0.07f, length));
        for (int i = 0; i < length; i++) {
            double size = Math.abs(old.rows[OFFSET + i]) + Math.abs(old.other[i]);
            assertThat((double) moved.rows[OFFSET + i])
                    .isCloseTo(old.rows[OFFSET + i] - (double) 0.07f * old.gradient(i), within(1e-6 * size));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 63, 64, 100})
    void theSquaresAreThoseOfTheGradient(int length) {
        Stage at = stage(length);
        double sum = 0;
        for (int i = 0; i < length; i++) {
            sum += at.gradient(i) * at.gradient(i);
        }
        float squares = scalar.squares(at.rows, OFFSET, at.pull(), length);
        float[] gradient = at.copy().pull().gradient(at.rows, OFFSET, length);
        assertThat((double) squares).isCloseTo(sum, within(1e-5 * sum));
        assertThat(lanes.squares(at.rows, OFFSET, at.pull(), length)).isEqualTo(squares);
        assertThat(lanes.dot(gradient, 0, gradient, 0, length)).isEqualTo(squares);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 63, 64, 100})
    void aStepOfAdaGradIsThatOfItsPaper(int length) {
        Stage old = stage(length);
        Stage moved = moved(
                old,
                length,
                (math, at) -> math.adaGradStep(at.rows, OFFSET, at.pull(), at.state, 1, 0.07f, 1e-8f, length));
        for (int i = 0; i < length; i++) {
            double g = old.gradient(i);
            double sum = old.state[1 + i] + g * g;
            double row = old.rows[OFFSET + i];
            assertThat((double) moved.state[1 + i]).isCloseTo(sum, within(1e-5 * sum));
            assertThat((double) moved.rows[OFFSET + i])
                    .isCloseTo(row - 0.07f * g / Math.sqrt(sum), within(1e-6 + 1e-6 * Math.abs(row)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 63, 64, 100})
    void aStepOfAdamIsThatOfItsPaper(int length) {
        Stage old = stage(length);
        Stage moved = moved(
                old,
                length,
                (math, at) -> math.adamStep(
                        at.rows, OFFSET, at.pull(), at.state, 1, 0.9f, 0.99f, 0.07f, 1.5f, 1e-8f, length));
        for (int i = 0; i < length; i++) {
            double g = old.gradient(i);
            double m = 0.9 * old.state[1 + i] + 0.1 * g;
            double v = 0.99 * old.state[1 + length + i] + 0.01 * g * g;
            double row = old.rows[OFFSET + i];
            double step = 0.07 * m / (Math.sqrt(1.5 * v) + 1e-8);
            assertThat((double) moved.state[1 + i]).isCloseTo(m, within(1e-5 * (Math.abs(m) + Math.abs(g))));
            assertThat((double) moved.state[1 + length + i]).isCloseTo(v, within(1e-5 * v));
            assertThat((double) moved.rows[OFFSET + i])
                    .isCloseTo(row - step, within(1e-6 * Math.abs(row) + 1e-4 * Math.abs(step) + 1e-9));
        }
    }
}
