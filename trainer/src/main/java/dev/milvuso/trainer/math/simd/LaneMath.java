package dev.milvuso.trainer.math.simd;

import dev.milvuso.trainer.math.Exponential;
import dev.milvuso.trainer.math.Pull;
import dev.milvuso.trainer.math.ScalarMath;
import dev.milvuso.trainer.math.VectorMath;
import dev.milvuso.trainer.parameter.Rows;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Eight numbers at a time, in 256-bit registers. */
public final class LaneMath implements VectorMath {
    private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_256;
    private static final int WIDTH = 8;

    /** Numbers worked on at once, so that short rows are more than the beginnings and ends of loops. */
    private static final int PANEL = 8 * WIDTH;

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

    /** By panels, of which the one row stays in registers for all others. */
    @Override
    public void dots(float[] row, Rows rows, int[] which, int count, float[] sums, float[] products, int length) {
        int end = length & -PANEL;
        for (int i = 0; i < end; i += PANEL) {
            FloatVector u0 = FloatVector.fromArray(LANES, row, i);
            FloatVector u1 = FloatVector.fromArray(LANES, row, i + WIDTH);
            FloatVector u2 = FloatVector.fromArray(LANES, row, i + 2 * WIDTH);
            FloatVector u3 = FloatVector.fromArray(LANES, row, i + 3 * WIDTH);
            FloatVector u4 = FloatVector.fromArray(LANES, row, i + 4 * WIDTH);
            FloatVector u5 = FloatVector.fromArray(LANES, row, i + 5 * WIDTH);
            FloatVector u6 = FloatVector.fromArray(LANES, row, i + 6 * WIDTH);
            FloatVector u7 = FloatVector.fromArray(LANES, row, i + 7 * WIDTH);
            for (int k = 0; k < count; k++) {
                float[] chunk = rows.chunk(which[k]);
                int at = rows.offset(which[k]) + i;
                FloatVector s = i == 0 ? FloatVector.zero(LANES) : FloatVector.fromArray(LANES, sums, WIDTH * k);
                s = u0.fma(FloatVector.fromArray(LANES, chunk, at), s);
                s = u1.fma(FloatVector.fromArray(LANES, chunk, at + WIDTH), s);
                s = u2.fma(FloatVector.fromArray(LANES, chunk, at + 2 * WIDTH), s);
                s = u3.fma(FloatVector.fromArray(LANES, chunk, at + 3 * WIDTH), s);
                s = u4.fma(FloatVector.fromArray(LANES, chunk, at + 4 * WIDTH), s);
                s = u5.fma(FloatVector.fromArray(LANES, chunk, at + 5 * WIDTH), s);
                s = u6.fma(FloatVector.fromArray(LANES, chunk, at + 6 * WIDTH), s);
                s = u7.fma(FloatVector.fromArray(LANES, chunk, at + 7 * WIDTH), s);
                s.intoArray(sums, WIDTH * k);
            }
        }
        if (end < length) {
            dotsOfRest(row, rows, which, count, sums, end, length);
        }
        for (int k = 0; k < count; k++) {
            int s = WIDTH * k;
            products[k] = ((sums[s] + sums[s + 4]) + (sums[s + 2] + sums[s + 6]))
                    + ((sums[s + 1] + sums[s + 5]) + (sums[s + 3] + sums[s + 7]));
        }
    }

    /** Adds to the sums what lies behind the panels. */
    private static void dotsOfRest(float[] row, Rows rows, int[] which, int count, float[] sums, int from, int length) {
        int end = length & -WIDTH;
        for (int k = 0; k < count; k++) {
            float[] chunk = rows.chunk(which[k]);
            int at = rows.offset(which[k]);
            FloatVector s = from == 0 ? FloatVector.zero(LANES) : FloatVector.fromArray(LANES, sums, WIDTH * k);
            for (int i = from; i < end; i += WIDTH) {
                s = FloatVector.fromArray(LANES, row, i).fma(FloatVector.fromArray(LANES, chunk, at + i), s);
            }
            s.intoArray(sums, WIDTH * k);
            for (int i = end; i < length; i++) {
                int sum = WIDTH * k + i - end;
                sums[sum] = Math.fma(row[i], chunk[at + i], sums[sum]);
            }
        }
    }

    /** The steps of {@link Exponential#of}, eight at a time. */
    @Override
    public void logistic(float[] scores, int count, float[] chosen, float[] not) {
        for (int k = 0; k < count; k += WIDTH) {
            FloatVector x = FloatVector.fromArray(LANES, scores, k).neg();
            FloatVector bounded = x.min(Exponential.LIMIT).max(-Exponential.LIMIT);
            FloatVector log2e = FloatVector.broadcast(LANES, Exponential.LOG2_E);
            FloatVector rounded = bounded.fma(log2e, FloatVector.broadcast(LANES, Exponential.ROUND));
            FloatVector whole = rounded.sub(Exponential.ROUND);
            FloatVector f =
                    bounded.fma(FloatVector.broadcast(LANES, Exponential.LOG2_E_REST), bounded.fma(log2e, whole.neg()));
            FloatVector p =
                    FloatVector.broadcast(LANES, Exponential.C6).fma(f, FloatVector.broadcast(LANES, Exponential.C5));
            p = p.fma(f, FloatVector.broadcast(LANES, Exponential.C4));
            p = p.fma(f, FloatVector.broadcast(LANES, Exponential.C3));
            p = p.fma(f, FloatVector.broadcast(LANES, Exponential.C2));
            p = p.fma(f, FloatVector.broadcast(LANES, Exponential.C1));
            p = p.fma(f, FloatVector.broadcast(LANES, 1));
            FloatVector power = rounded.reinterpretAsInts()
                    .add(127 - Float.floatToRawIntBits(Exponential.ROUND))
                    .lanewise(VectorOperators.LSHL, 23)
                    .reinterpretAsFloats();
            FloatVector inverseOdds = p.mul(power);
            FloatVector likely = FloatVector.broadcast(LANES, 1).div(inverseOdds.add(1));
            likely.intoArray(chosen, k);
            inverseOdds.mul(likely).intoArray(not, k);
        }
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
        step(rows, offset, pull, rate, 0, length);
    }

    private static void step(float[] rows, int offset, Pull pull, float rate, int from, int length) {
        float[] other = pull.other;
        float[] back = pull.back;
        FloatVector slope = FloatVector.broadcast(LANES, pull.slope());
        FloatVector decay = FloatVector.broadcast(LANES, 1 - rate * pull.l2());
        FloatVector move = FloatVector.broadcast(LANES, -rate * pull.slope());
        int end = length & -WIDTH;
        for (int i = from; i < end; i += WIDTH) {
            FloatVector w = FloatVector.fromArray(LANES, rows, offset + i);
            w.fma(slope, FloatVector.fromArray(LANES, back, i)).intoArray(back, i);
            w.fma(decay, FloatVector.fromArray(LANES, other, i).mul(move)).intoArray(rows, offset + i);
        }
        if (end < length) {
            ScalarMath.step(rows, offset, pull, rate, end, length);
        }
    }

    /** By panels, of which the row that pulls, and what it is pulled back with, stay in registers for all rows. */
    @Override
    public void steps(
            Rows rows, int[] which, int count, Pull pull, float[] slopes, float[] l2, float rate, int length) {
        float[] other = pull.other;
        float[] back = pull.back;
        int end = length & -PANEL;
        for (int i = 0; i < end; i += PANEL) {
            FloatVector u0 = FloatVector.fromArray(LANES, other, i);
            FloatVector u1 = FloatVector.fromArray(LANES, other, i + WIDTH);
            FloatVector u2 = FloatVector.fromArray(LANES, other, i + 2 * WIDTH);
            FloatVector u3 = FloatVector.fromArray(LANES, other, i + 3 * WIDTH);
            FloatVector u4 = FloatVector.fromArray(LANES, other, i + 4 * WIDTH);
            FloatVector u5 = FloatVector.fromArray(LANES, other, i + 5 * WIDTH);
            FloatVector u6 = FloatVector.fromArray(LANES, other, i + 6 * WIDTH);
            FloatVector u7 = FloatVector.fromArray(LANES, other, i + 7 * WIDTH);
            FloatVector b0 = FloatVector.zero(LANES);
            FloatVector b1 = FloatVector.zero(LANES);
            FloatVector b2 = FloatVector.zero(LANES);
            FloatVector b3 = FloatVector.zero(LANES);
            FloatVector b4 = FloatVector.zero(LANES);
            FloatVector b5 = FloatVector.zero(LANES);
            FloatVector b6 = FloatVector.zero(LANES);
            FloatVector b7 = FloatVector.zero(LANES);
            for (int k = 0; k < count; k++) {
                float[] chunk = rows.chunk(which[k]);
                int at = rows.offset(which[k]) + i;
                FloatVector slope = FloatVector.broadcast(LANES, slopes[k]);
                FloatVector decay = FloatVector.broadcast(LANES, 1 - rate * l2[k]);
                FloatVector move = FloatVector.broadcast(LANES, -rate * slopes[k]);
                FloatVector w0 = FloatVector.fromArray(LANES, chunk, at);
                b0 = w0.fma(slope, b0);
                w0.fma(decay, u0.mul(move)).intoArray(chunk, at);
                FloatVector w1 = FloatVector.fromArray(LANES, chunk, at + WIDTH);
                b1 = w1.fma(slope, b1);
                w1.fma(decay, u1.mul(move)).intoArray(chunk, at + WIDTH);
                FloatVector w2 = FloatVector.fromArray(LANES, chunk, at + 2 * WIDTH);
                b2 = w2.fma(slope, b2);
                w2.fma(decay, u2.mul(move)).intoArray(chunk, at + 2 * WIDTH);
                FloatVector w3 = FloatVector.fromArray(LANES, chunk, at + 3 * WIDTH);
                b3 = w3.fma(slope, b3);
                w3.fma(decay, u3.mul(move)).intoArray(chunk, at + 3 * WIDTH);
                FloatVector w4 = FloatVector.fromArray(LANES, chunk, at + 4 * WIDTH);
                b4 = w4.fma(slope, b4);
                w4.fma(decay, u4.mul(move)).intoArray(chunk, at + 4 * WIDTH);
                FloatVector w5 = FloatVector.fromArray(LANES, chunk, at + 5 * WIDTH);
                b5 = w5.fma(slope, b5);
                w5.fma(decay, u5.mul(move)).intoArray(chunk, at + 5 * WIDTH);
                FloatVector w6 = FloatVector.fromArray(LANES, chunk, at + 6 * WIDTH);
                b6 = w6.fma(slope, b6);
                w6.fma(decay, u6.mul(move)).intoArray(chunk, at + 6 * WIDTH);
                FloatVector w7 = FloatVector.fromArray(LANES, chunk, at + 7 * WIDTH);
                b7 = w7.fma(slope, b7);
                w7.fma(decay, u7.mul(move)).intoArray(chunk, at + 7 * WIDTH);
            }
            b0.intoArray(back, i);
            b1.intoArray(back, i + WIDTH);
            b2.intoArray(back, i + 2 * WIDTH);
            b3.intoArray(back, i + 3 * WIDTH);
            b4.intoArray(back, i + 4 * WIDTH);
            b5.intoArray(back, i + 5 * WIDTH);
            b6.intoArray(back, i + 6 * WIDTH);
            b7.intoArray(back, i + 7 * WIDTH);
        }
        Arrays.fill(back, end, back.length, 0);
        if (end < length) {
            for (int k = 0; k < count; k++) {
                step(rows.chunk(which[k]), rows.offset(which[k]), pull.by(slopes[k], l2[k]), rate, end, length);
            }
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
