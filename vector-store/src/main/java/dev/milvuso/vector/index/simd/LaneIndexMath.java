package dev.milvuso.vector.index.simd;

import dev.milvuso.vector.index.IndexMath;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Eight floats or sixteen shorts at a time, in 256-bit registers alone: docs/decisions/simd.md says why. */
public final class LaneIndexMath implements IndexMath {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;
    private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_256;
    private static final VectorShuffle<Float> FOUR_ON = VectorShuffle.iota(FLOATS, 4, 1, true);
    private static final VectorShuffle<Float> TWO_ON = VectorShuffle.iota(FLOATS, 2, 1, true);
    private static final VectorShuffle<Float> ONE_ON = VectorShuffle.iota(FLOATS, 1, 1, true);

    @Override
    public float dot(float[] a, float[] b, int offset, int length) {
        FloatVector s0 = FloatVector.zero(FLOATS);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        int i = 0;
        for (int end = length & -32; i < end; i += 32) {
            s0 = FloatVector.fromArray(FLOATS, a, i).fma(FloatVector.fromArray(FLOATS, b, offset + i), s0);
            s1 = FloatVector.fromArray(FLOATS, a, i + 8).fma(FloatVector.fromArray(FLOATS, b, offset + i + 8), s1);
            s2 = FloatVector.fromArray(FLOATS, a, i + 16).fma(FloatVector.fromArray(FLOATS, b, offset + i + 16), s2);
            s3 = FloatVector.fromArray(FLOATS, a, i + 24).fma(FloatVector.fromArray(FLOATS, b, offset + i + 24), s3);
        }
        if (i == length) {
            return sum(s0.add(s1).add(s2.add(s3)));
        }
        for (int end = length & -8; i < end; i += 8) {
            s0 = FloatVector.fromArray(FLOATS, a, i).fma(FloatVector.fromArray(FLOATS, b, offset + i), s0);
        }
        float[] first = s0.toArray();
        for (int j = 0; i < length; i++, j++) {
            first[j] = Math.fma(a[i], b[offset + i], first[j]);
        }
        return sum(FloatVector.fromArray(FLOATS, first, 0).add(s1).add(s2.add(s3)));
    }

    /** In the order that {@link IndexMath} states; {@code reduceLanes} promises none. */
    private static float sum(FloatVector sums) {
        FloatVector four = sums.add(sums.rearrange(FOUR_ON));
        FloatVector two = four.add(four.rearrange(TWO_ON));
        return two.add(two.rearrange(ONE_ON)).lane(0);
    }

    @Override
    public float squaredDistance(float[] a, float[] b, int offset, int length) {
        FloatVector s0 = FloatVector.zero(FLOATS);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        int i = 0;
        for (int end = length & -32; i < end; i += 32) {
            FloatVector d0 = FloatVector.fromArray(FLOATS, a, i).sub(FloatVector.fromArray(FLOATS, b, offset + i));
            FloatVector d1 =
                    FloatVector.fromArray(FLOATS, a, i + 8).sub(FloatVector.fromArray(FLOATS, b, offset + i + 8));
            FloatVector d2 =
                    FloatVector.fromArray(FLOATS, a, i + 16).sub(FloatVector.fromArray(FLOATS, b, offset + i + 16));
            FloatVector d3 =
                    FloatVector.fromArray(FLOATS, a, i + 24).sub(FloatVector.fromArray(FLOATS, b, offset + i + 24));
            s0 = d0.fma(d0, s0);
            s1 = d1.fma(d1, s1);
            s2 = d2.fma(d2, s2);
            s3 = d3.fma(d3, s3);
        }
        if (i == length) {
            return sum(s0.add(s1).add(s2.add(s3)));
        }
        for (int end = length & -8; i < end; i += 8) {
            FloatVector d0 = FloatVector.fromArray(FLOATS, a, i).sub(FloatVector.fromArray(FLOATS, b, offset + i));
            s0 = d0.fma(d0, s0);
        }
        float[] first = s0.toArray();
        for (int j = 0; i < length; i++, j++) {
            float difference = a[i] - b[offset + i];
            first[j] = Math.fma(difference, difference, first[j]);
        }
        return sum(FloatVector.fromArray(FLOATS, first, 0).add(s1).add(s2.add(s3)));
    }

    @Override
    public float distance(float[] a, float[] b, int offset, int length) {
        FloatVector s0 = FloatVector.zero(FLOATS);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        int i = 0;
        for (int end = length & -32; i < end; i += 32) {
            s0 = s0.add(FloatVector.fromArray(FLOATS, a, i)
                    .sub(FloatVector.fromArray(FLOATS, b, offset + i))
                    .abs());
            s1 = s1.add(FloatVector.fromArray(FLOATS, a, i + 8)
                    .sub(FloatVector.fromArray(FLOATS, b, offset + i + 8))
                    .abs());
            s2 = s2.add(FloatVector.fromArray(FLOATS, a, i + 16)
                    .sub(FloatVector.fromArray(FLOATS, b, offset + i + 16))
                    .abs());
            s3 = s3.add(FloatVector.fromArray(FLOATS, a, i + 24)
                    .sub(FloatVector.fromArray(FLOATS, b, offset + i + 24))
                    .abs());
        }
        for (int end = length & -8; i < end; i += 8) {
            s0 = s0.add(FloatVector.fromArray(FLOATS, a, i)
                    .sub(FloatVector.fromArray(FLOATS, b, offset + i))
                    .abs());
        }
        float[] first = s0.toArray();
        for (int j = 0; i < length; i++, j++) {
            first[j] += Math.abs(a[i] - b[offset + i]);
        }
        return sum(FloatVector.fromArray(FLOATS, first, 0).add(s1).add(s2.add(s3)));
    }

    /** Two times 16 rows in step, so that a weight is loaded once for both. */
    @Override
    public void codeSums(short[] codes, int blocks, int groups, short[] weights, short start, short[] sums) {
        int at = 0;
        for (int row = 0; row < blocks * BLOCK; row += BLOCK) {
            ShortVector a = ShortVector.broadcast(SHORTS, start);
            ShortVector b = a;
            for (int w = 0; w < groups * WEIGHTS; w += WEIGHTS, at += BLOCK) {
                ShortVector c = ShortVector.fromArray(SHORTS, codes, at);
                ShortVector d = ShortVector.fromArray(SHORTS, codes, at + 16);
                ShortVector w0 = ShortVector.fromArray(SHORTS, weights, w);
                ShortVector w1 = ShortVector.fromArray(SHORTS, weights, w + 16);
                ShortVector w2 = ShortVector.fromArray(SHORTS, weights, w + 32);
                ShortVector w3 = ShortVector.fromArray(SHORTS, weights, w + 48);
                a = a.add(c.mul(w0));
                b = b.add(d.mul(w0));
                a = a.add(c.lanewise(VectorOperators.LSHR, 4).mul(w1));
                b = b.add(d.lanewise(VectorOperators.LSHR, 4).mul(w1));
                a = a.add(c.lanewise(VectorOperators.LSHR, 8).mul(w2));
                b = b.add(d.lanewise(VectorOperators.LSHR, 8).mul(w2));
                a = a.add(c.lanewise(VectorOperators.LSHR, 12).mul(w3));
                b = b.add(d.lanewise(VectorOperators.LSHR, 12).mul(w3));
            }
            a.intoArray(sums, row);
            b.intoArray(sums, row + 16);
        }
    }

    /** The JIT does this by itself, were it not for the shorts: they are widened one by one. */
    @Override
    public void scores(
            short[] sums, float[] scales, float[] biases, int count, float factor, float base, float[] scores) {
        FloatVector times = FloatVector.broadcast(FLOATS, factor);
        int end = count & -16;
        for (int i = 0; i < end; i += 16) {
            ShortVector sixteen = ShortVector.fromArray(SHORTS, sums, i);
            ((FloatVector) sixteen.convertShape(VectorOperators.S2F, FLOATS, 0))
                    .mul(FloatVector.fromArray(FLOATS, scales, i))
                    .fma(times, FloatVector.fromArray(FLOATS, biases, i).add(base))
                    .intoArray(scores, i);
            ((FloatVector) sixteen.convertShape(VectorOperators.S2F, FLOATS, 1))
                    .mul(FloatVector.fromArray(FLOATS, scales, i + 8))
                    .fma(times, FloatVector.fromArray(FLOATS, biases, i + 8).add(base))
                    .intoArray(scores, i + 8);
        }
        for (int i = end; i < count; i++) {
            scores[i] = Math.fma(sums[i] * scales[i], factor, base + biases[i]);
        }
    }

    @Override
    public int above(float[] numbers, int from, int count, float threshold, int[] found) {
        FloatVector least = FloatVector.broadcast(FLOATS, threshold);
        int n = 0;
        for (int i = from; i < from + count; i += 8) {
            VectorMask<Float> more = FloatVector.fromArray(FLOATS, numbers, i).compare(VectorOperators.GT, least);
            if (more.anyTrue()) {
                for (int j = i; j < i + 8; j++) {
                    if (numbers[j] > threshold) {
                        found[n++] = j;
                    }
                }
            }
        }
        return n;
    }

    @Override
    public String name() {
        return "256-bit lanes";
    }
}
