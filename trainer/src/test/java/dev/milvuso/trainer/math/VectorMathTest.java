package dev.milvuso.trainer.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.milvuso.trainer.math.simd.LaneMath;
import java.util.SplittableRandom;
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
        java.util.Arrays.fill(ones, 1);
        // Number 8 goes to the sum of number 0, where it is lost beside 1e8; number 4 meets them before the others do.
        float[] a = {1e8f, 0, 0, 0, -1e8f, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0};
        assertThat(scalar.dot(a, 0, ones, 0, 16)).isZero();
        assertThat(lanes.dot(a, 0, ones, 0, 16)).isZero();
        float[] b = {1e8f, 3, 0, 0, -1e8f, 0, 0, 0};
        assertThat(scalar.dot(b, 0, ones, 0, 8)).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 64, 100})
    void aStepMovesTheRowAndAddsItsOldSelfToTheGradient(int length) {
        float[] v = numbers(OFFSET + length + 1);
        float[] u = numbers(length);
        float[] gradient = numbers(length);
        float[] sameV = v.clone();
        float[] sameGradient = gradient.clone();
        float[] oldV = v.clone();
        float[] oldGradient = gradient.clone();
        scalar.step(v, OFFSET, u, gradient, 0.3f, 0.99f, -0.07f, length);
        lanes.step(sameV, OFFSET, u, sameGradient, 0.3f, 0.99f, -0.07f, length);
        for (int i = 0; i < length; i++) {
            double old = oldV[OFFSET + i];
            double size = Math.abs(old) + Math.abs(u[i]) + Math.abs(oldGradient[i]);
            assertThat((double) gradient[i]).isCloseTo(oldGradient[i] + (double) 0.3f * old, within(1e-6 * size));
            assertThat((double) v[OFFSET + i])
                    .isCloseTo((double) 0.99f * old - (double) 0.07f * u[i], within(1e-6 * size));
        }
        assertThat(v[OFFSET - 1]).isEqualTo(oldV[OFFSET - 1]);
        assertThat(v[OFFSET + length]).isEqualTo(oldV[OFFSET + length]);
        assertThat(sameV).isEqualTo(v);
        assertThat(sameGradient).isEqualTo(gradient);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 64, 100})
    void aMoveScalesARowAndAddsToIt(int length) {
        float[] row = numbers(OFFSET + length + 1);
        float[] same = row.clone();
        float[] old = row.clone();
        float[] along = numbers(length);
        scalar.move(row, OFFSET, along, 0.9f, -0.2f, length);
        lanes.move(same, OFFSET, along, 0.9f, -0.2f, length);
        for (int i = 0; i < length; i++) {
            double size = Math.abs(old[OFFSET + i]) + Math.abs(along[i]);
            assertThat((double) row[OFFSET + i])
                    .isCloseTo((double) 0.9f * old[OFFSET + i] - (double) 0.2f * along[i], within(1e-6 * size));
        }
        assertThat(row[OFFSET - 1]).isEqualTo(old[OFFSET - 1]);
        assertThat(row[OFFSET + length]).isEqualTo(old[OFFSET + length]);
        assertThat(same).isEqualTo(row);
    }
}
