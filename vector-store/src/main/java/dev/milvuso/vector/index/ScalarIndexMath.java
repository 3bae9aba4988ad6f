package dev.milvuso.vector.index;

/** Plain loops; those over floats also finish what does not fill a vector. */
public final class ScalarIndexMath implements IndexMath {
    private static final int SUMS = 32;
    private static final int LANES = 8;

    // A lane after the other: sums in arrays would be two objects for each vector that is compared.

    @Override
    public float dot(float[] a, float[] b, int offset, int length) {
        int eights = length & -LANES;
        float sum = total8(
                products(a, b, offset, eights, 0),
                products(a, b, offset, eights, 1),
                products(a, b, offset, eights, 2),
                products(a, b, offset, eights, 3),
                products(a, b, offset, eights, 4),
                products(a, b, offset, eights, 5),
                products(a, b, offset, eights, 6),
                products(a, b, offset, eights, 7));
        for (int i = eights; i < length; i++) {
            sum = Math.fma(a[i], b[offset + i], sum);
        }
        return sum;
    }

    private static float products(float[] a, float[] b, int offset, int length, int lane) {
        int whole = length & -SUMS;
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        for (int i = lane; i < whole; i += SUMS) {
            s0 = Math.fma(a[i], b[offset + i], s0);
            s1 = Math.fma(a[i + 8], b[offset + i + 8], s1);
            s2 = Math.fma(a[i + 16], b[offset + i + 16], s2);
            s3 = Math.fma(a[i + 24], b[offset + i + 24], s3);
        }
        for (int i = whole + lane; i < length; i += LANES) {
            s0 = Math.fma(a[i], b[offset + i], s0);
        }
        return (s0 + s1) + (s2 + s3);
    }

    @Override
    public float squaredDistance(float[] a, float[] b, int offset, int length) {
        int eights = length & -LANES;
        float sum = total8(
                squares(a, b, offset, eights, 0),
                squares(a, b, offset, eights, 1),
                squares(a, b, offset, eights, 2),
                squares(a, b, offset, eights, 3),
                squares(a, b, offset, eights, 4),
                squares(a, b, offset, eights, 5),
                squares(a, b, offset, eights, 6),
                squares(a, b, offset, eights, 7));
        for (int i = eights; i < length; i++) {
            sum = squared(a[i] - b[offset + i], sum);
        }
        return sum;
    }

    private static float squared(float difference, float sum) {
        return Math.fma(difference, difference, sum);
    }

    private static float squares(float[] a, float[] b, int offset, int length, int lane) {
        int whole = length & -SUMS;
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        for (int i = lane; i < whole; i += SUMS) {
            s0 = squared(a[i] - b[offset + i], s0);
            s1 = squared(a[i + 8] - b[offset + i + 8], s1);
            s2 = squared(a[i + 16] - b[offset + i + 16], s2);
            s3 = squared(a[i + 24] - b[offset + i + 24], s3);
        }
        for (int i = whole + lane; i < length; i += LANES) {
            s0 = squared(a[i] - b[offset + i], s0);
        }
        return (s0 + s1) + (s2 + s3);
    }

    @Override
    public float distance(float[] a, float[] b, int offset, int length) {
        int eights = length & -LANES;
        float sum = total8(
                differences(a, b, offset, eights, 0),
                differences(a, b, offset, eights, 1),
                differences(a, b, offset, eights, 2),
                differences(a, b, offset, eights, 3),
                differences(a, b, offset, eights, 4),
                differences(a, b, offset, eights, 5),
                differences(a, b, offset, eights, 6),
                differences(a, b, offset, eights, 7));
        for (int i = eights; i < length; i++) {
            sum = sum + Math.abs(a[i] - b[offset + i]);
        }
        return sum;
    }

    private static float differences(float[] a, float[] b, int offset, int length, int lane) {
        int whole = length & -SUMS;
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        for (int i = lane; i < whole; i += SUMS) {
            s0 = s0 + Math.abs(a[i] - b[offset + i]);
            s1 = s1 + Math.abs(a[i + 8] - b[offset + i + 8]);
            s2 = s2 + Math.abs(a[i + 16] - b[offset + i + 16]);
            s3 = s3 + Math.abs(a[i + 24] - b[offset + i + 24]);
        }
        for (int i = whole + lane; i < length; i += LANES) {
            s0 = s0 + Math.abs(a[i] - b[offset + i]);
        }
        return (s0 + s1) + (s2 + s3);
    }

    /** The last three additions, as instructions for vectors have them. */
    static float total8(float t0, float t1, float t2, float t3, float t4, float t5, float t6, float t7) {
        return ((t0 + t4) + (t2 + t6)) + ((t1 + t5) + (t3 + t7));
    }

    @Override
    public void scores(
            short[] codes,
            int fromBlock,
            int toBlock,
            int groups,
            short[] weights,
            short start,
            float factor,
            float base,
            float[] biases,
            float[] scores) {
        for (int row = fromBlock * BLOCK; row < toBlock * BLOCK; row++) {
            int block = row / BLOCK * (groups + 2) * BLOCK;
            short sum = sum(codes, block + row % BLOCK, groups, weights, start);
            int at = block + groups * BLOCK + row % BLOCK * 2;
            scores[row] = Math.fma(sum * joined(codes, at), factor, biases.length == 0 ? base : base + biases[row]);
        }
    }

    private static short sum(short[] codes, int from, int groups, short[] weights, short start) {
        int sum = start;
        for (int g = 0; g < groups; g++) {
            int code = codes[from + g * BLOCK] & 0xFFFF;
            for (int n = 0; n < 4; n++) {
                sum += (code >>> (4 * n)) * weights[g * WEIGHTS + n * 16];
            }
        }
        return (short) sum;
    }

    @Override
    public void scores(
            short[] codes,
            int[] rows,
            int count,
            int groups,
            short[] weights,
            short start,
            float factor,
            float base,
            float[] scores) {
        for (int i = 0; i < count; i++) {
            int from = rows[i] * (groups + 4);
            int sum = start;
            for (int g = 0; g < groups; g++) {
                int code = codes[from + g] & 0xFFFF;
                for (int n = 0; n < 4; n++) {
                    sum += (code >>> (4 * n)) * weights[n * groups + g];
                }
            }
            float scale = joined(codes, from + groups);
            scores[i] = Math.fma((short) sum * scale, factor, base + joined(codes, from + groups + 2));
        }
    }

    /** The float of which two shorts are the lower and the upper half. */
    public static float joined(short[] halves, int at) {
        return Float.intBitsToFloat((halves[at] & 0xFFFF) | halves[at + 1] << 16);
    }

    @Override
    public void spread(short[] numbers, short[] repeated) {
        for (int i = 0; i < repeated.length; i++) {
            repeated[i] = numbers[i / 16];
        }
    }

    @Override
    public void maxima(float[] numbers, int count, float[] maxima) {
        for (int j = 0; j < BLOCK; j++) {
            float most = Float.NEGATIVE_INFINITY;
            for (int i = j; i < count; i += BLOCK) {
                most = Math.max(most, numbers[i]);
            }
            maxima[j] = most;
        }
    }

    @Override
    public int above(float[] numbers, int from, int count, float threshold, int[] found) {
        int n = 0;
        for (int i = from; i < from + count; i++) {
            if (numbers[i] > threshold) {
                found[n++] = i;
            }
        }
        return n;
    }

    @Override
    public String name() {
        return "plain loops";
    }
}
