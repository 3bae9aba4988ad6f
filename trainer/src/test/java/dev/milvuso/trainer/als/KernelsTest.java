package dev.milvuso.trainer.als;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Vector instructions and plain loops against each other bit for bit, and against double precision. */
final class KernelsTest {
    private static final int STRIDE = 40;
    private static final int ROWS = 23;

    private final SplittableRandom random = new SplittableRandom(5);
    private final float[] values = numbers(50 * STRIDE);
    private final int[] chosen = random.ints(ROWS, 0, 50).toArray();
    private final Kernels plain = new ScalarKernels();

    private float[] numbers(int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) (2 * random.nextDouble() - 1);
        }
        return numbers;
    }

    private RowSet rows(int count) {
        return new RowSet(values, STRIDE).select(chosen, ROWS - count, ROWS);
    }

    private double exact(int row, int offset, float[] p, int length) {
        return IntStream.range(0, length)
                .mapToDouble(i -> (double) values[chosen[row] * STRIDE + offset + i] * p[i])
                .sum();
    }

    @Test
    void theBestKernelsOfTheTestsAreThoseOfTheVectorModule() {
        assertThat(Kernels.BEST.getClass().getSimpleName()).isEqualTo("LaneKernels");
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 40", "1, 0, 8", "3, 8, 16", "4, 0, 40", "7, 16, 24", "23, 8, 32"})
    void bothGiveTheSameBits(int count, int offset, int length) {
        float[] p = numbers(length);
        float[] start = numbers(length * length + ROWS);
        float[] one = start.clone();
        float[] other = start.clone();
        RowSet rows = rows(count);

        assertThat(Kernels.BEST.project(rows, p, 1, -1, new float[Kernels.SCRATCH], one, length))
                .isEqualTo(plain.project(rows, p, 1, -1, new float[Kernels.SCRATCH], other, length));
        assertThat(one).isEqualTo(other);
        Kernels.BEST.addDots(rows, offset, p, one, length);
        plain.addDots(rows, offset, p, other, length);
        assertThat(one).isEqualTo(other);
        float[] scales = numbers(ROWS);
        Kernels.BEST.addScaled(rows, offset, scales, one, length);
        plain.addScaled(rows, offset, scales, other, length);
        assertThat(one).isEqualTo(other);
        Kernels.BEST.add(0.3f, p, 0, one, 0, length);
        plain.add(0.3f, p, 0, other, 0, length);
        assertThat(one).isEqualTo(other);
        assertThat(Kernels.BEST.dot(values, 40, p, 0, length)).isEqualTo(plain.dot(values, 40, p, 0, length));
        Kernels.BEST.addOuter(rows, offset, one, length);
        plain.addOuter(rows, offset, other, length);
        for (int a = 0; a < length; a++) {
            for (int b = a; b < length; b++) {
                assertThat(one[a * length + b]).isEqualTo(other[a * length + b]);
            }
        }
    }

    @Test
    void aProjectionIsTheSumOfTheRowsTimesWhatTheyMiss() {
        float[] p = numbers(STRIDE);
        float[] out = new float[STRIDE];
        double sum = plain.project(rows(ROWS), p, 1, -1, new float[Kernels.SCRATCH], out, STRIDE);
        double exactSum = 0;
        double[] exact = new double[STRIDE];
        for (int j = 0; j < ROWS; j++) {
            double missing = 1 - exact(j, 0, p, STRIDE);
            exactSum += missing;
            for (int i = 0; i < STRIDE; i++) {
                exact[i] += missing * values[chosen[j] * STRIDE + i];
            }
        }
        assertThat(sum).isCloseTo(exactSum, within(1e-4));
        for (int i = 0; i < STRIDE; i++) {
            assertThat((double) out[i]).isCloseTo(exact[i], within(1e-4));
        }
    }

    @Test
    void outerProductsAreAddedToWhatIsThere() {
        float[] out = new float[16 * 16];
        out[16 + 3] = 5;
        plain.addOuter(rows(ROWS), 8, out, 16);
        double exact = 5;
        for (int row : chosen) {
            exact += (double) values[row * STRIDE + 9] * values[row * STRIDE + 11];
        }
        assertThat((double) out[16 + 3]).isCloseTo(exact, within(1e-5));
    }
}
