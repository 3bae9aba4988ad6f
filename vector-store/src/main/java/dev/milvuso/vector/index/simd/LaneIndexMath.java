package dev.milvuso.vector.index.simd;

import dev.milvuso.vector.index.IndexMath;
import dev.milvuso.vector.index.ScalarIndexMath;
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
        for (int end = length & -8; i < end; i += 8) {
            s0 = FloatVector.fromArray(FLOATS, a, i).fma(FloatVector.fromArray(FLOATS, b, offset + i), s0);
        }
        float sum = sum(s0.add(s1).add(s2.add(s3)));
        for (; i < length; i++) {
            sum = Math.fma(a[i], b[offset + i], sum);
        }
        return sum;
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
        for (int end = length & -8; i < end; i += 8) {
            FloatVector d0 = FloatVector.fromArray(FLOATS, a, i).sub(FloatVector.fromArray(FLOATS, b, offset + i));
            s0 = d0.fma(d0, s0);
        }
        float sum = sum(s0.add(s1).add(s2.add(s3)));
        for (; i < length; i++) {
            float difference = a[i] - b[offset + i];
            sum = Math.fma(difference, difference, sum);
        }
        return sum;
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
        float sum = sum(s0.add(s1).add(s2.add(s3)));
        for (; i < length; i++) {
            sum += Math.abs(a[i] - b[offset + i]);
        }
        return sum;
    }

    /** Two times 16 rows in step, so that a weight is loaded once for both. */
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
        FloatVector times = FloatVector.broadcast(FLOATS, factor);
        FloatVector bases = FloatVector.broadcast(FLOATS, base);
        boolean biased = biases.length > 0;
        int at = fromBlock * (groups + 2) * BLOCK;
        for (int row = fromBlock * BLOCK; row < toBlock * BLOCK; row += BLOCK, at += 2 * BLOCK) {
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
            FloatVector s0 = ShortVector.fromArray(SHORTS, codes, at).reinterpretAsFloats();
            FloatVector s1 = ShortVector.fromArray(SHORTS, codes, at + 16).reinterpretAsFloats();
            FloatVector s2 = ShortVector.fromArray(SHORTS, codes, at + 32).reinterpretAsFloats();
            FloatVector s3 = ShortVector.fromArray(SHORTS, codes, at + 48).reinterpretAsFloats();
            s0 = s0.mul((FloatVector) a.convertShape(VectorOperators.S2F, FLOATS, 0));
            s1 = s1.mul((FloatVector) a.convertShape(VectorOperators.S2F, FLOATS, 1));
            s2 = s2.mul((FloatVector) b.convertShape(VectorOperators.S2F, FLOATS, 0));
            s3 = s3.mul((FloatVector) b.convertShape(VectorOperators.S2F, FLOATS, 1));
            FloatVector b0 = bases;
            FloatVector b1 = bases;
            FloatVector b2 = bases;
            FloatVector b3 = bases;
            if (biased) {
                b0 = bases.add(FloatVector.fromArray(FLOATS, biases, row));
                b1 = bases.add(FloatVector.fromArray(FLOATS, biases, row + 8));
                b2 = bases.add(FloatVector.fromArray(FLOATS, biases, row + 16));
                b3 = bases.add(FloatVector.fromArray(FLOATS, biases, row + 24));
            }
            s0.fma(times, b0).intoArray(scores, row);
            s1.fma(times, b1).intoArray(scores, row + 8);
            s2.fma(times, b2).intoArray(scores, row + 16);
            s3.fma(times, b3).intoArray(scores, row + 24);
        }
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
            ShortVector a = ShortVector.zero(SHORTS);
            ShortVector b = a;
            for (int g = 0; g < groups; g += 16) {
                ShortVector c = ShortVector.fromArray(SHORTS, codes, from + g);
                a = a.add(c.mul(ShortVector.fromArray(SHORTS, weights, g)));
                b = b.add(c.lanewise(VectorOperators.LSHR, 4).mul(ShortVector.fromArray(SHORTS, weights, groups + g)));
                a = a.add(c.lanewise(VectorOperators.LSHR, 8)
                        .mul(ShortVector.fromArray(SHORTS, weights, 2 * groups + g)));
                b = b.add(c.lanewise(VectorOperators.LSHR, 12)
                        .mul(ShortVector.fromArray(SHORTS, weights, 3 * groups + g)));
            }
            short sum = (short) (start + a.add(b).reduceLanes(VectorOperators.ADD));
            int at = from + groups;
            scores[i] = Math.fma(
                    sum * ScalarIndexMath.joined(codes, at), factor, base + ScalarIndexMath.joined(codes, at + 2));
        }
    }

    @Override
    public void spread(short[] numbers, short[] repeated) {
        for (int i = 0; i < numbers.length; i++) {
            ShortVector.broadcast(SHORTS, numbers[i]).intoArray(repeated, 16 * i);
        }
    }

    @Override
    public void maxima(float[] numbers, int count, float[] maxima) {
        FloatVector m0 = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
        FloatVector m1 = m0;
        FloatVector m2 = m0;
        FloatVector m3 = m0;
        for (int i = 0; i < count; i += BLOCK) {
            m0 = m0.max(FloatVector.fromArray(FLOATS, numbers, i));
            m1 = m1.max(FloatVector.fromArray(FLOATS, numbers, i + 8));
            m2 = m2.max(FloatVector.fromArray(FLOATS, numbers, i + 16));
            m3 = m3.max(FloatVector.fromArray(FLOATS, numbers, i + 24));
        }
        m0.intoArray(maxima, 0);
        m1.intoArray(maxima, 8);
        m2.intoArray(maxima, 16);
        m3.intoArray(maxima, 24);
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
