package dev.milvuso.vector.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.milvuso.vector.index.simd.LaneIndexMath;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scalar twin against double precision, and the vector instructions against the scalar twin, bit for bit. */
final class IndexMathTest {
    private static final int OFFSET = 3;

    private final IndexMath scalar = new ScalarIndexMath();
    private final IndexMath lanes = new LaneIndexMath();
    private final SplittableRandom random = new SplittableRandom(8);

    private float[] numbers(int length) {
        float[] numbers = new float[length];
        for (int i = 0; i < length; i++) {
            numbers[i] = (float) (random.nextDouble(-1, 1) * Math.pow(10, random.nextInt(-3, 3)));
        }
        return numbers;
    }

    private short[] shorts(int length) {
        short[] shorts = new short[length];
        for (int i = 0; i < length; i++) {
            shorts[i] = (short) random.nextInt();
        }
        return shorts;
    }

    @Test
    void theVectorModuleIsUsedWhereItIs() {
        assertThat(IndexMath.BEST).isInstanceOf(LaneIndexMath.class);
        assertThat(lanes.name()).isEqualTo("256-bit lanes");
        assertThat(scalar.name()).isEqualTo("plain loops");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8, 9, 31, 32, 33, 40, 63, 64, 100, 128, 300})
    void sumsOverFloatsHaveTheSameBitsByBothAndAreRight(int length) {
        for (int round = 0; round < 30; round++) {
            float[] a = numbers(length + 1);
            float[] b = numbers(OFFSET + length);
            double dot = 0;
            double square = 0;
            double distance = 0;
            double size = 0;
            for (int i = 0; i < length; i++) {
                double difference = (double) a[i] - b[OFFSET + i];
                dot += (double) a[i] * b[OFFSET + i];
                size += Math.abs((double) a[i] * b[OFFSET + i]);
                square += difference * difference;
                distance += Math.abs(difference);
            }
            assertThat((double) scalar.dot(a, b, OFFSET, length)).isCloseTo(dot, within(1e-6 * size));
            assertThat((double) scalar.squaredDistance(a, b, OFFSET, length)).isCloseTo(square, within(1e-6 * square));
            assertThat((double) scalar.distance(a, b, OFFSET, length)).isCloseTo(distance, within(1e-6 * distance));
            assertThat(lanes.dot(a, b, OFFSET, length)).isEqualTo(scalar.dot(a, b, OFFSET, length));
            assertThat(lanes.squaredDistance(a, b, OFFSET, length))
                    .isEqualTo(scalar.squaredDistance(a, b, OFFSET, length));
            assertThat(lanes.distance(a, b, OFFSET, length)).isEqualTo(scalar.distance(a, b, OFFSET, length));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 16, 17, 32})
    void codesAreScoredWithTheSameBitsByBothAndSumsMayWrap(int groups) {
        int blocks = 3;
        int rows = blocks * IndexMath.BLOCK;
        short[] codes = shorts(rows * (groups + 2));
        float[] scales = numbers(rows);
        for (int row = 0; row < rows; row++) {
            int at = (row / IndexMath.BLOCK * (groups + 2) + groups) * IndexMath.BLOCK + row % IndexMath.BLOCK * 2;
            codes[at] = (short) Float.floatToRawIntBits(scales[row]);
            codes[at + 1] = (short) (Float.floatToRawIntBits(scales[row]) >>> 16);
        }
        short[] weights = new short[groups * IndexMath.WEIGHTS];
        for (int i = 0; i < weights.length; i += 16) {
            Arrays.fill(weights, i, i + 16, (short) random.nextInt());
        }
        for (float[] biases : List.of(new float[0], numbers(rows))) {
            float[] expected = new float[rows];
            float[] scores = new float[rows];
            scalar.scores(codes, 0, blocks, groups, weights, (short) 77, 0.37f, -2.5f, biases, expected);
            lanes.scores(codes, 0, blocks, groups, weights, (short) 77, 0.37f, -2.5f, biases, scores);
            assertThat(scores).isEqualTo(expected);
            for (IndexMath each : List.of(scalar, lanes)) {
                float[] middle = new float[rows];
                each.scores(codes, 1, 2, groups, weights, (short) 77, 0.37f, -2.5f, biases, middle);
                for (int row = 0; row < rows; row++) {
                    assertThat(middle[row]).isEqualTo(row / IndexMath.BLOCK == 1 ? expected[row] : 0);
                }
            }
            int last = rows - 1;
            short sum = 77;
            for (int g = 0; g < groups; g++) {
                int code = codes[(last / IndexMath.BLOCK * (groups + 2) + g) * IndexMath.BLOCK + 31] & 0xFFFF;
                for (int n = 0; n < 4; n++) {
                    sum += (short) ((code >>> (4 * n)) * weights[g * IndexMath.WEIGHTS + 16 * n]);
                }
            }
            float base = biases.length == 0 ? -2.5f : -2.5f + biases[last];
            assertThat(scores[last]).isEqualTo(Math.fma(sum * scales[last], 0.37f, base));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 32, 80})
    void codesHereAndThereAreScoredWithTheSameBitsByBothAndSumsMayWrap(int groups) {
        int rows = 20;
        int[] chosen = {3, 19, 0, 3, 7};
        short[] codes = shorts(rows * (groups + 4));
        float[] scales = numbers(rows);
        float[] biases = numbers(rows);
        for (int row = 0; row < rows; row++) {
            int at = row * (groups + 4) + groups;
            codes[at] = (short) Float.floatToRawIntBits(scales[row]);
            codes[at + 1] = (short) (Float.floatToRawIntBits(scales[row]) >>> 16);
            codes[at + 2] = (short) Float.floatToRawIntBits(biases[row]);
            codes[at + 3] = (short) (Float.floatToRawIntBits(biases[row]) >>> 16);
        }
        short[] weights = shorts(4 * groups);
        float[] expected = new float[chosen.length];
        float[] scores = new float[chosen.length];
        scalar.scores(codes, chosen, chosen.length, groups, weights, (short) -5, 0.37f, 1.5f, expected);
        lanes.scores(codes, chosen, chosen.length, groups, weights, (short) -5, 0.37f, 1.5f, scores);
        assertThat(scores).isEqualTo(expected);
        for (int i = 0; i < chosen.length; i++) {
            short sum = -5;
            for (int g = 0; g < groups; g++) {
                for (int n = 0; n < 4; n++) {
                    int code = (codes[chosen[i] * (groups + 4) + g] & 0xFFFF) >>> (4 * n);
                    sum += (short) (code * weights[n * groups + g]);
                }
            }
            assertThat(scores[i]).isEqualTo(Math.fma(sum * scales[chosen[i]], 0.37f, 1.5f + biases[chosen[i]]));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 64, 96, 1024})
    void theLargestOfEachShareAndThoseAboveAThresholdAreFoundByBoth(int count) {
        float[] scores = numbers(count);
        float[] expected = new float[IndexMath.BLOCK];
        float[] maxima = new float[IndexMath.BLOCK];
        scalar.maxima(scores, count, expected);
        lanes.maxima(scores, count, maxima);
        assertThat(maxima).isEqualTo(expected);
        for (int i = 0; i < count; i++) {
            assertThat(scores[i]).isLessThanOrEqualTo(maxima[i % IndexMath.BLOCK]);
        }
        int[] places = new int[count];
        int[] expectedPlaces = new int[count];
        int found = lanes.above(scores, 8, count - 8, 0, places);
        assertThat(found).isEqualTo(scalar.above(scores, 8, count - 8, 0, expectedPlaces));
        assertThat(places).isEqualTo(expectedPlaces);
        for (int i = 0; i < found; i++) {
            assertThat(scores[places[i]]).isPositive();
            assertThat(places[i]).isGreaterThanOrEqualTo(8);
        }
    }

    @Test
    void numbersAreRepeatedByBoth() {
        short[] numbers = shorts(12);
        short[] expected = new short[16 * numbers.length];
        short[] repeated = new short[expected.length];
        scalar.spread(numbers, expected);
        lanes.spread(numbers, repeated);
        assertThat(repeated).isEqualTo(expected);
        assertThat(repeated[16 * 5 - 1]).isEqualTo(numbers[4]);
        assertThat(repeated[16 * 5]).isEqualTo(numbers[5]);
    }
}
