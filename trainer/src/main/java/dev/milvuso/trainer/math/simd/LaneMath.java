package dev.milvuso.trainer.math.simd;

import dev.milvuso.trainer.math.Pull;
import dev.milvuso.trainer.math.ScalarMath;
import dev.milvuso.trainer.math.VectorMath;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Eight numbers at a time, in 256-bit registers. */
public final class LaneMath implements VectorMath {
    private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_256;
    private static final int WIDTH = 8;
    private static final VectorShuffle<Float> FOUR_ON = VectorShuffle.iota(LANES, 4, 1, true);
    private static final VectorShuffle<Float> TWO_ON = VectorShuffle.iota(LANES, 2, 1, true);
    private static final VectorShuffle<Float> ONE_ON = VectorShuffle.iota(LANES, 1, 1, true);

    @Override
    public float dot(float[] a, int aOffset, float[] b, int bOffset, int length) {
        FloatVector sums = FloatVector.zero(LANES);
        int end = length & -WIDTH;
        for (int i = 0; i < end; i += WIDTH) {
            sums = FloatVector.fromArray(LANES, a, aOffset + i).fma(FloatVector.fromArray(LANES, b, bOffset + i), sums);
        }
        return end == length ? sum(sums) : sumWithRest(sums, a, aOffset + end, b, bOffset + end, length - end);
    }

    /** In the order that {@link VectorMath} states; {@code reduceLanes} promises none. */
    private static float sum(FloatVector sums) {
        FloatVector four = sums.add(sums.rearrange(FOUR_ON));
        FloatVector two = four.add(four.rearrange(TWO_ON));
        return two.add(two.rearrange(ONE_ON)).lane(0);
    }

    private static float sumWithRest(FloatVector sums, float[] a, int aOffset, float[] b, int bOffset, int rest) {
        float[] s = sums.toArray();
        for (int i = 0; i < rest; i++) {
            s[i] = Math.fma(a[aOffset + i], b[bOffset + i], s[i]);
        }
        return ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]));
    }

    @Override
    public float squares(float[] rows, int offset, Pull pull, int length) {
        float[] other = pull.other;
        FloatVector slope = FloatVector.broadcast(LANES, pull.slope());
        FloatVector l2 = FloatVector.broadcast(LANES, pull.l2());
        FloatVector sums = FloatVector.zero(LANES);
        int end = length & -WIDTH;
        for (int i = 0; i < end; i += WIDTH) {
            FloatVector g = FloatVector.fromArray(LANES, rows, offset + i)
                    .fma(l2, FloatVector.fromArray(LANES, other, i).mul(slope));
            sums = g.fma(g, sums);
        }
        return end == length ? sum(sums) : ScalarMath.squares(rows, offset, pull, sums.toArray(), end, length);
    }

    @Override
    public void step(float[] rows, int offset, Pull pull, float rate, int length) {
        float[] other = pull.other;
        float[] back = pull.back;
        FloatVector slope = FloatVector.broadcast(LANES, pull.slope());
        FloatVector decay = FloatVector.broadcast(LANES, 1 - rate * pull.l2());
        FloatVector move = FloatVector.broadcast(LANES, -rate * pull.slope());
        int end = length & -WIDTH;
        for (int i = 0; i < end; i += WIDTH) {
            FloatVector w = FloatVector.fromArray(LANES, rows, offset + i);
            w.fma(slope, FloatVector.fromArray(LANES, back, i)).intoArray(back, i);
            w.fma(decay, FloatVector.fromArray(LANES, other, i).mul(move)).intoArray(rows, offset + i);
        }
        if (end < length) {
            ScalarMath.step(rows, offset, pull, rate, end, length);
        }
    }

    @Override
    public void adaGradStep(
            float[] rows, int offset, Pull pull, float[] state, int sums, float rate, float epsilon, int length) {
        float[] other = pull.other;
        float[] back = pull.back;
        FloatVector slope = FloatVector.broadcast(LANES, pull.slope());
        FloatVector l2 = FloatVector.broadcast(LANES, pull.l2());
        int end = length & -WIDTH;
        for (int i = 0; i < end; i += WIDTH) {
            FloatVector w = FloatVector.fromArray(LANES, rows, offset + i);
            FloatVector g = w.fma(l2, FloatVector.fromArray(LANES, other, i).mul(slope));
            FloatVector s = g.fma(g, FloatVector.fromArray(LANES, state, sums + i));
            w.fma(slope, FloatVector.fromArray(LANES, back, i)).intoArray(back, i);
            s.intoArray(state, sums + i);
            w.sub(g.mul(rate).div(s.sqrt().add(epsilon))).intoArray(rows, offset + i);
        }
        if (end < length) {
            ScalarMath.adaGradStep(rows, offset, pull, state, sums, rate, epsilon, end, length);
        }
    }

    @Override
    public void adamStep(
            float[] rows,
            int offset,
            Pull pull,
            float[] state,
            int first,
            float beta1,
            float beta2,
            float rate,
            float inverse,
            float epsilon,
            int length) {
        float[] other = pull.other;
        float[] back = pull.back;
        FloatVector slope = FloatVector.broadcast(LANES, pull.slope());
        FloatVector l2 = FloatVector.broadcast(LANES, pull.l2());
        FloatVector left1 = FloatVector.broadcast(LANES, beta1);
        FloatVector left2 = FloatVector.broadcast(LANES, beta2);
        int second = first + length;
        int end = length & -WIDTH;
        for (int i = 0; i < end; i += WIDTH) {
            FloatVector w = FloatVector.fromArray(LANES, rows, offset + i);
            FloatVector g = w.fma(l2, FloatVector.fromArray(LANES, other, i).mul(slope));
            FloatVector m = left1.fma(FloatVector.fromArray(LANES, state, first + i), g.mul(1 - beta1));
            FloatVector v = left2.fma(
                    FloatVector.fromArray(LANES, state, second + i),
                    g.mul(1 - beta2).mul(g));
            w.fma(slope, FloatVector.fromArray(LANES, back, i)).intoArray(back, i);
            m.intoArray(state, first + i);
            v.intoArray(state, second + i);
            w.sub(m.mul(rate).div(v.mul(inverse).sqrt().add(epsilon))).intoArray(rows, offset + i);
        }
        if (end < length) {
            ScalarMath.adamStep(rows, offset, pull, state, first, beta1, beta2, rate, inverse, epsilon, end, length);
        }
    }

    @Override
    public String name() {
        return "256-bit lanes";
    }
}
