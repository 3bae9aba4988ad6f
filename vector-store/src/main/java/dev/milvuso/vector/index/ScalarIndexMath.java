package dev.milvuso.vector.index;

/** Plain loops; those over floats also finish what does not fill a vector. */
public final class ScalarIndexMath implements IndexMath {
    private static final int SUMS = 32;
    private static final int LANES = 8;

    @Override
    public float dot(float[] a, float[] b, int offset, int length) {
        float[] sums = new float[SUMS];
        int whole = length & -LANES;
        for (int i = 0; i < whole; i++) {
            int s = place(i, length);
            sums[s] = Math.fma(a[i], b[offset + i], sums[s]);
        }
        float sum = total(sums);
        for (int i = whole; i < length; i++) {
            sum = Math.fma(a[i], b[offset + i], sum);
        }
        return sum;
    }

    @Override
    public float squaredDistance(float[] a, float[] b, int offset, int length) {
        float[] sums = new float[SUMS];
        int whole = length & -LANES;
        for (int i = 0; i < whole; i++) {
            int s = place(i, length);
            float difference = a[i] - b[offset + i];
            sums[s] = Math.fma(difference, difference, sums[s]);
        }
        float sum = total(sums);
        for (int i = whole; i < length; i++) {
            float difference = a[i] - b[offset + i];
            sum = Math.fma(difference, difference, sum);
        }
        return sum;
    }

    @Override
    public float distance(float[] a, float[] b, int offset, int length) {
        float[] sums = new float[SUMS];
        int whole = length & -LANES;
        for (int i = 0; i < whole; i++) {
            sums[place(i, length)] += Math.abs(a[i] - b[offset + i]);
        }
        float sum = total(sums);
        for (int i = whole; i < length; i++) {
            sum += Math.abs(a[i] - b[offset + i]);
        }
        return sum;
    }

    private static int place(int i, int length) {
        return i < (length & -SUMS) ? i % SUMS : i % LANES;
    }

    private static float total(float[] s) {
        float[] t = new float[LANES];
        for (int j = 0; j < LANES; j++) {
            t[j] = (s[j] + s[j + 8]) + (s[j + 16] + s[j + 24]);
        }
        return total8(t);
    }

    /** The last three additions. */
    public static float total8(float[] t) {
        return ((t[0] + t[4]) + (t[2] + t[6])) + ((t[1] + t[5]) + (t[3] + t[7]));
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
