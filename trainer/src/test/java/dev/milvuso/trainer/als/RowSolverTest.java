package dev.milvuso.trainer.als;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.milvuso.trainer.data.Histories;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every solver against the normal equations of a row, solved directly in double precision. */
final class RowSolverTest {
    private static final int STRIDE = 24;
    private static final int ROWS = 40;
    private static final double ALPHA = 0.3;
    private static final float RIDGE = 0.7f;

    private final Workers workers = new Workers(1);
    private final Factors others = Factors.zeros(ROWS, STRIDE);
    private final Gramian gramian = new Gramian(workers, Kernels.BEST, STRIDE, ROWS);

    RowSolverTest() {
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < others.values().length; i++) {
            others.values()[i] = (float) (2 * random.nextDouble() - 1);
        }
        gramian.compute(others, ALPHA);
    }

    @AfterEach
    void end() {
        workers.close();
    }

    private RowSolver solver(String name) {
        return switch (name) {
            case "conjugate_gradient" -> new ConjugateGradient(Kernels.BEST, gramian, STRIDE, 5);
            case "cholesky" -> new BlockSolver(Kernels.BEST, gramian, STRIDE, STRIDE, ROWS);
            default -> new BlockSolver(Kernels.BEST, gramian, STRIDE, 16, ROWS);
        };
    }

    private RowSet observed(int count) {
        int[] rows = IntStream.range(0, count).map(i -> i * 7 % ROWS).toArray();
        return new RowSet(others.values(), STRIDE).select(rows, 0, count);
    }

    private double y(RowSet rows, int row, int i) {
        return rows.values()[rows.start(row) + i];
    }

    /** {@code (alpha Σ all y yᵀ + Σ observed y yᵀ + ridge) x = Σ observed y}, one number of x given if it is fixed. */
    private double[] direct(RowSet observed, int fixed, double value) {
        double[][] a = new double[STRIDE][STRIDE + 1];
        RowSet all = new RowSet(others.values(), STRIDE).select(gramian.identity(), 0, ROWS);
        for (int i = 0; i < STRIDE; i++) {
            for (int j = 0; j < STRIDE; j++) {
                a[i][j] = i == j ? RIDGE : 0;
                for (int row = 0; row < ROWS; row++) {
                    a[i][j] += ALPHA * y(all, row, i) * y(all, row, j);
                }
                for (int row = 0; row < observed.size(); row++) {
                    a[i][j] += y(observed, row, i) * y(observed, row, j);
                }
            }
            for (int row = 0; row < observed.size(); row++) {
                a[i][STRIDE] += y(observed, row, i);
            }
        }
        if (fixed >= 0) {
            Arrays.fill(a[fixed], 0);
            a[fixed][fixed] = 1;
            a[fixed][STRIDE] = value;
        }
        return eliminate(a);
    }

    private static double[] eliminate(double[][] a) {
        for (int pivot = 0; pivot < STRIDE; pivot++) {
            for (int row = 0; row < STRIDE; row++) {
                double factor = row == pivot ? 0 : a[row][pivot] / a[pivot][pivot];
                for (int column = pivot; column <= STRIDE; column++) {
                    a[row][column] -= factor * a[pivot][column];
                }
            }
        }
        return IntStream.range(0, STRIDE)
                .mapToDouble(i -> a[i][STRIDE] / a[i][i])
                .toArray();
    }

    private double value(RowSet observed, float[] x) {
        double value = 0;
        for (int row = 0; row < ROWS; row++) {
            double score = 0;
            for (int i = 0; i < STRIDE; i++) {
                score += others.values()[others.start(row) + i] * x[i];
            }
            value += ALPHA * score * score;
        }
        for (int row = 0; row < observed.size(); row++) {
            double score = 0;
            for (int i = 0; i < STRIDE; i++) {
                score += y(observed, row, i) * x[i];
            }
            value += (1 - score) * (1 - score);
        }
        for (float number : x) {
            value += (double) RIDGE * number * number;
        }
        return value;
    }

    @ParameterizedTest
    @CsvSource({
        "conjugate_gradient, 1, -1",
        "conjugate_gradient, 3, 5",
        "conjugate_gradient, 30, -1",
        "conjugate_gradient, 30, 23",
        "cholesky, 1, -1",
        "cholesky, 3, 5",
        "cholesky, 30, -1",
        "cholesky, 30, 23",
        "block, 1, -1",
        "block, 3, 5",
        "block, 30, -1",
        "block, 30, 23"
    })
    void takenOftenEnoughItSolvesTheNormalEquations(String name, int count, int fixed) {
        RowSolver solver = solver(name);
        RowSet observed = observed(count);
        float[] x = new float[STRIDE];
        if (fixed >= 0) {
            x[fixed] = 0.8f;
        }
        double value = 0;
        for (int turn = 0; turn < 200; turn++) {
            value = solver.solve(observed, x, RIDGE, fixed);
        }
        double[] exact = direct(observed, fixed, 0.8f);
        for (int i = 0; i < STRIDE; i++) {
            assertThat((double) x[i]).as("number %d", i).isCloseTo(exact[i], within(2e-5));
        }
        assertThat(value).isCloseTo(value(observed, x), within(1e-4 * (1 + count)));
    }

    @Test
    void theExactSolverNeedsOneTurn() {
        float[] x = new float[STRIDE];
        double value = solver("cholesky").solve(observed(12), x, RIDGE, -1);
        double[] exact = direct(observed(12), -1, 0);
        for (int i = 0; i < STRIDE; i++) {
            assertThat((double) x[i]).isCloseTo(exact[i], within(2e-5));
        }
        assertThat(value).isCloseTo(value(observed(12), x), within(1e-3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"conjugate_gradient", "cholesky", "block"})
    void aRowThatNothingWasObservedWithGoesToNothing(String name) {
        float[] x = new float[STRIDE];
        Arrays.fill(x, 0.5f);
        RowSolver solver = solver(name);
        for (int turn = 0; turn < 200; turn++) {
            solver.solve(observed(0), x, RIDGE, -1);
        }
        for (float number : x) {
            assertThat(number).isCloseTo(0f, within(1e-5f));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 2, 2", "0.5, 2.4494897, 3.7416574", "1, 3, 7", "2, 4.5, 24.5"})
    void aRidgeIsAPowerOfWhatItsRowWasSeenWithTimesTheRegularization(double exponent, float none, float two) {
        // Two others at weight 0.75 count 1.5: with what was observed 1.5 and 3.5.
        Histories observed = new Histories(new int[] {0, 0, 2}, new int[] {0, 1});
        assertThat(Side.ridges(observed, 2, 0.75, 2, exponent)).containsExactly(new float[] {none, two}, within(1e-6f));
    }
}
