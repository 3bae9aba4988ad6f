package dev.milvuso.trainer.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.milvuso.trainer.math.simd.LaneMath;
import dev.milvuso.trainer.parameter.Rows;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is done to a group of rows at once: as one row after the other, and with the same bits by both. */
final class GroupMathTest {
    private static final int ROWS = 40;

    /** One of them twice: a negative may be drawn twice. */
    private static final int[] WHICH = {17, 3, 39, 3, 0, 8, 21, 30, 11};

    private final VectorMath scalar = new ScalarMath();
    private final VectorMath lanes = new LaneMath();
    private final SplittableRandom random = new SplittableRandom(5);

    private float[] numbers(int length) {
        float[] numbers = new float[length];
        for (int i = 0; i < length; i++) {
            numbers[i] = (float) random.nextDouble(-1, 1);
        }
        return numbers;
    }

    private Rows rows(int length) {
        Rows rows = Rows.like(new Rows(length, 3), ROWS);
        for (int row = 0; row < ROWS; row++) {
            System.arraycopy(numbers(length + 3), 0, rows.chunk(row), rows.offset(row), length + 3);
        }
        return rows;
    }

    private static Rows copy(Rows rows) {
        Rows copy = Rows.like(rows, ROWS);
        for (int row = 0; row < ROWS; row++) {
            copy.copy(row, rows, row);
        }
        return copy;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 31, 32, 33, 64, 96, 100})
    void productsAreThoseOfEveryRowByItself(int length) {
        Rows rows = rows(length);
        float[] row = numbers(length);
        float[] sums = numbers(8 * WHICH.length);
        float[] byLanes = new float[WHICH.length];
        float[] byScalar = new float[WHICH.length];
        lanes.dots(row, rows, WHICH, WHICH.length, sums, byLanes, length);
        scalar.dots(row, rows, WHICH, WHICH.length, sums, byScalar, length);
        assertThat(byLanes).isEqualTo(byScalar);
        for (int k = 0; k < WHICH.length; k++) {
            assertThat(byScalar[k]).isEqualTo(scalar.dot(row, 0, rows.chunk(WHICH[k]), rows.offset(WHICH[k]), length));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 31, 32, 33, 64, 96, 100})
    void stepsAreOneAfterTheOther(int length) {
        Rows rows = rows(length);
        float[] other = numbers(length);
        float[] back = numbers(length);
        float[] slopes = numbers(WHICH.length);
        float[] l2 = numbers(WHICH.length);
        Rows single = copy(rows);
        float[] singleBack = new float[length];
        Pull pull = new Pull(other, singleBack, new float[length]);
        for (int k = 0; k < WHICH.length; k++) {
            scalar.step(single.chunk(WHICH[k]), single.offset(WHICH[k]), pull.by(slopes[k], l2[k]), 0.07f, length);
        }
        for (VectorMath math : new VectorMath[] {scalar, lanes}) {
            Rows moved = copy(rows);
            float[] movedBack = back.clone();
            Pull all = new Pull(other, movedBack, new float[length]);
            math.steps(moved, WHICH, WHICH.length, all, slopes, l2, 0.07f, length);
            assertThat(movedBack).isEqualTo(singleBack);
            for (int row = 0; row < ROWS; row++) {
                assertThat(moved.chunk(row)).as("chunk of row %d", row).isEqualTo(single.chunk(row));
            }
        }
    }

    @Test
    void theLogisticFunctionAndWhatItLacksToOneArePreciseFarOutToo() {
        int count = 1001;
        int room = VectorMath.room(count);
        float[] scores = new float[room];
        for (int k = 0; k < count; k++) {
            scores[k] = (k - 500) * 0.1f;
        }
        float[] chosen = new float[room];
        float[] not = new float[room];
        scalar.logistic(scores, count, chosen, not);
        for (int k = 0; k < count; k++) {
            double bounded = Math.max(-40, Math.min(40, scores[k]));
            double right = 1 / (1 + Math.exp(-bounded));
            double rest = 1 / (1 + Math.exp(bounded));
            assertThat((double) chosen[k]).isCloseTo(right, within(1e-6 * right));
            assertThat((double) not[k]).isCloseTo(rest, within(1e-6 * rest));
        }
        float[] sameChosen = new float[room];
        float[] sameNot = new float[room];
        lanes.logistic(scores, count, sameChosen, sameNot);
        assertThat(Arrays.copyOf(sameChosen, count)).isEqualTo(Arrays.copyOf(chosen, count));
        assertThat(Arrays.copyOf(sameNot, count)).isEqualTo(Arrays.copyOf(not, count));
    }

    @Test
    void whatIsNoNumberOrHasNoEndIsTheSameToBoth() {
        float[] scores = {
            Float.NaN,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            -0f,
            0,
            1e30f,
            -1e30f,
            Float.MIN_VALUE,
            Float.NaN
        };
        Stream.of(scalar, lanes).forEach(math -> {
            float[] chosen = new float[VectorMath.room(scores.length)];
            float[] not = new float[VectorMath.room(scores.length)];
            math.logistic(Arrays.copyOf(scores, VectorMath.room(scores.length)), scores.length, chosen, not);
            assertThat(chosen[0]).isNaN();
            assertThat(not[0]).isNaN();
            assertThat(chosen[8]).isNaN();
            assertThat(chosen[1]).isEqualTo(chosen[5]).isEqualTo(1);
            assertThat(chosen[2]).isEqualTo(chosen[6]).isPositive().isEqualTo(not[1]);
            assertThat(chosen[3]).isEqualTo(0.5f);
            assertThat(chosen[4]).isEqualTo(0.5f);
            assertThat(chosen[7]).isEqualTo(0.5f);
        });
    }
}
