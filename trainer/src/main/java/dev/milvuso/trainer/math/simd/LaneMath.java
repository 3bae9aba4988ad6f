package dev.milvuso.trainer.math.simd;

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
    public void step(
            float[] v, int offset, float[] u, float[] gradient, float slope, float decay, float move, int length) {
        FloatVector slopes = FloatVector.broadcast(LANES, slope);
        FloatVector decays = FloatVector.broadcast(LANES, decay);
        FloatVector moves = FloatVector.broadcast(LANES, move);
        int end = length & -WIDTH;
        for (int i = 0; i < end; i += WIDTH) {
            FloatVector old = FloatVector.fromArray(LANES, v, offset + i);
            old.fma(slopes, FloatVector.fromArray(LANES, gradient, i)).intoArray(gradient, i);
            old.fma(decays, FloatVector.fromArray(LANES, u, i).mul(moves)).intoArray(v, offset + i);
        }
        for (int i = end; i < length; i++) {
            float old = v[offset + i];
            gradient[i] = Math.fma(slope, old, gradient[i]);
            v[offset + i] = Math.fma(decay, old, move * u[i]);
        }
    }

    @Override
    public void move(float[] row, int offset, float[] along, float decay, float move, int length) {
        FloatVector decays = FloatVector.broadcast(LANES, decay);
        FloatVector moves = FloatVector.broadcast(LANES, move);
        int end = length & -WIDTH;
        for (int i = 0; i < end; i += WIDTH) {
            FloatVector.fromArray(LANES, row, offset + i)
                    .fma(decays, FloatVector.fromArray(LANES, along, i).mul(moves))
                    .intoArray(row, offset + i);
        }
        for (int i = end; i < length; i++) {
            row[offset + i] = Math.fma(decay, row[offset + i], move * along[i]);
        }
    }

    @Override
    public String name() {
        return "256-bit lanes";
    }
}
