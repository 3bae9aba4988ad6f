package dev.milvuso.vector.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.milvuso.vector.index.simd.LaneIndexMath;
import java.util.Arrays;
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
    void codesAreSummedWithTheSameBitsByBothAndMayWrap(int groups) {
        int blocks = 3;
        short[] codes = shorts(blocks * groups * IndexMath.BLOCK);
        short[] weights = new short[groups * IndexMath.WEIGHTS];
        for (int i = 0; i < weights.length; i += 16) {
            Arrays.fill(weights, i, i + 16, (short) random.nextInt());
        }
        short[] expected = new short[blocks * IndexMath.BLOCK];
        short[] sums = new short[blocks * IndexMath.BLOCK];
        scalar.codeSums(codes, blocks, groups, weights, (short) 77, expected);
        lanes.codeSums(codes, blocks, groups, weights, (short) 77, sums);
        assertThat(sums).isEqualTo(expected);
        assertThat(expected[0]).isNotEqualTo(expected[1]);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16, 24, 96})
    void scoresHaveTheSameBitsByBothAndThoseAboveAThresholdAreFound(int count) {
        short[] sums = shorts(count);
        float[] scales = numbers(count);
        float[] biases = numbers(count);
        float[] expected = new float[count];
        float[] scores = new float[count];
        scalar.scores(sums, scales, biases, count, 0.37f, -2.5f, expected);
        lanes.scores(sums, scales, biases, count, 0.37f, -2.5f, scores);
        assertThat(scores).isEqualTo(expected);
        assertThat(scores[3]).isEqualTo(Math.fma(sums[3] * scales[3], 0.37f, -2.5f + biases[3]));
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
}
