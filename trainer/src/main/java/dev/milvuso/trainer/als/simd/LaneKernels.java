package dev.milvuso.trainer.als.simd;

import dev.milvuso.trainer.als.Kernels;
import dev.milvuso.trainer.als.RowSet;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Eight numbers at a time in 256-bit registers, four rows side by side. */
public final class LaneKernels implements Kernels {
    /** Fewer rows than this do not repay the loading of tiles, and need no compiled code of their own. */
    private static final int TILED = 64;

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;
    private static final VectorShuffle<Float> BY_FOUR = SPECIES.shuffleFromOp(i -> i ^ 4);
    private static final VectorShuffle<Float> BY_TWO = SPECIES.shuffleFromOp(i -> i ^ 2);
    private static final VectorShuffle<Float> BY_ONE = SPECIES.shuffleFromOp(i -> i ^ 1);

    private static FloatVector load(float[] from, int offset) {
        return FloatVector.fromArray(SPECIES, from, offset);
    }

    private static FloatVector all(float number) {
        return FloatVector.broadcast(SPECIES, number);
    }

    /** The sum of the lanes, ((0+4)+(2+6)) + ((1+5)+(3+7)). */
    private static float sum(FloatVector lanes) {
        FloatVector fours = lanes.add(lanes.rearrange(BY_FOUR));
        FloatVector twos = fours.add(fours.rearrange(BY_TWO));
        return twos.add(twos.rearrange(BY_ONE)).lane(0);
    }

    @Override
    public float dot(float[] a, int aOffset, float[] b, int bOffset, int length) {
        FloatVector sums = FloatVector.zero(SPECIES);
        for (int i = 0; i < length; i += LANES) {
            sums = load(a, aOffset + i).fma(load(b, bOffset + i), sums);
        }
        return sum(sums);
    }

    @Override
    public void add(float scale, float[] x, int xOffset, float[] y, int yOffset, int length) {
        FloatVector scales = all(scale);
        for (int i = 0; i < length; i += LANES) {
            load(x, xOffset + i).fma(scales, load(y, yOffset + i)).intoArray(y, yOffset + i);
        }
    }

    @Override
    public double project(RowSet rows, float[] p, float target, float sign, float[] scratch, float[] out, int length) {
        float[] v = rows.values();
        int last = rows.size() - 1;
        double sum = 0;
        for (int j = 0; j <= last; j += 4) {
            int r0 = rows.start(j);
            int r1 = rows.start(Math.min(j + 1, last));
            int r2 = rows.start(Math.min(j + 2, last));
            int r3 = rows.start(Math.min(j + 3, last));
            multiply(v, r0, r1, r2, r3, p, scratch, length);
            for (int i = 0; i < 4; i++) {
                scratch[i] = j + i <= last ? target + sign * sum(scratch, i * LANES) : 0;
            }
            sum += (scratch[0] + scratch[1]) + (scratch[2] + scratch[3]);
            addScaled(v, r0, r1, r2, r3, scratch, 0, out, 0, length);
        }
        return sum;
    }

    /**
     * Four rows times p, their lanes still apart. Adding them up by plain code costs little and warms up sooner than
     * shuffles do.
     */
    private static void multiply(float[] v, int r0, int r1, int r2, int r3, float[] p, float[] out, int length) {
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = FloatVector.zero(SPECIES);
        FloatVector s2 = FloatVector.zero(SPECIES);
        FloatVector s3 = FloatVector.zero(SPECIES);
        for (int i = 0; i < length; i += LANES) {
            FloatVector along = load(p, i);
            s0 = load(v, r0 + i).fma(along, s0);
            s1 = load(v, r1 + i).fma(along, s1);
            s2 = load(v, r2 + i).fma(along, s2);
            s3 = load(v, r3 + i).fma(along, s3);
        }
        s0.intoArray(out, 0);
        s1.intoArray(out, LANES);
        s2.intoArray(out, 2 * LANES);
        s3.intoArray(out, 3 * LANES);
    }

    private static float sum(float[] lanes, int at) {
        float even = (lanes[at] + lanes[at + 4]) + (lanes[at + 2] + lanes[at + 6]);
        return even + ((lanes[at + 1] + lanes[at + 5]) + (lanes[at + 3] + lanes[at + 7]));
    }

    @Override
    public void addDots(RowSet rows, int offset, float[] p, float[] out, int length) {
        float[] v = rows.values();
        int j = 0;
        for (; j + 3 < rows.size(); j += 4) {
            addDots(
                    v,
                    rows.start(j) + offset,
                    rows.start(j + 1) + offset,
                    rows.start(j + 2) + offset,
                    rows.start(j + 3) + offset,
                    p,
                    out,
                    j,
                    length);
        }
        for (; j < rows.size(); j++) {
            out[j] += dot(v, rows.start(j) + offset, p, 0, length);
        }
    }

    /** Adds the inner products of four rows with p to four numbers of {@code out}. */
    private static void addDots(float[] v, int r0, int r1, int r2, int r3, float[] p, float[] out, int at, int length) {
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = FloatVector.zero(SPECIES);
        FloatVector s2 = FloatVector.zero(SPECIES);
        FloatVector s3 = FloatVector.zero(SPECIES);
        for (int i = 0; i < length; i += LANES) {
            FloatVector along = load(p, i);
            s0 = load(v, r0 + i).fma(along, s0);
            s1 = load(v, r1 + i).fma(along, s1);
            s2 = load(v, r2 + i).fma(along, s2);
            s3 = load(v, r3 + i).fma(along, s3);
        }
        out[at] += sum(s0);
        out[at + 1] += sum(s1);
        out[at + 2] += sum(s2);
        out[at + 3] += sum(s3);
    }

    @Override
    public void addScaled(RowSet rows, int offset, float[] scales, float[] out, int length) {
        float[] v = rows.values();
        int j = 0;
        for (; j + 3 < rows.size(); j += 4) {
            addScaled(
                    v,
                    rows.start(j) + offset,
                    rows.start(j + 1) + offset,
                    rows.start(j + 2) + offset,
                    rows.start(j + 3) + offset,
                    scales,
                    j,
                    out,
                    0,
                    length);
        }
        for (; j < rows.size(); j++) {
            add(scales[j], v, rows.start(j) + offset, out, 0, length);
        }
    }

    /** {@code out} += four rows, each times one of four scales. */
    private static void addScaled(
            float[] v, int r0, int r1, int r2, int r3, float[] scales, int at, float[] out, int outOffset, int length) {
        FloatVector c0 = all(scales[at]);
        FloatVector c1 = all(scales[at + 1]);
        FloatVector c2 = all(scales[at + 2]);
        FloatVector c3 = all(scales[at + 3]);
        for (int i = 0; i < length; i += LANES) {
            FloatVector sums = load(v, r0 + i).fma(c0, load(out, outOffset + i));
            sums = load(v, r1 + i).fma(c1, sums);
            sums = load(v, r2 + i).fma(c2, sums);
            load(v, r3 + i).fma(c3, sums).intoArray(out, outOffset + i);
        }
    }

    @Override
    public void addOuter(RowSet rows, int offset, float[] out, int length) {
        if (rows.size() < TILED) {
            addOuterByFour(rows, offset, out, length);
            return;
        }
        for (int a = 0; a < length; a += LANES) {
            for (int b = a; b < length; b += LANES) {
                addTile(rows, offset + a, offset + b, out, a * length + b, length);
            }
        }
    }

    private void addOuterByFour(RowSet rows, int offset, float[] out, int length) {
        float[] v = rows.values();
        float[] scales = new float[4];
        int j = 0;
        for (; j + 3 < rows.size(); j += 4) {
            int r0 = rows.start(j) + offset;
            int r1 = rows.start(j + 1) + offset;
            int r2 = rows.start(j + 2) + offset;
            int r3 = rows.start(j + 3) + offset;
            for (int a = 0; a < length; a++) {
                scales[0] = v[r0 + a];
                scales[1] = v[r1 + a];
                scales[2] = v[r2 + a];
                scales[3] = v[r3 + a];
                int b = a / LANES * LANES;
                addScaled(v, r0 + b, r1 + b, r2 + b, r3 + b, scales, 0, out, a * length + b, length - b);
            }
        }
        for (; j < rows.size(); j++) {
            int r = rows.start(j) + offset;
            for (int a = 0; a < length; a++) {
                int b = a / LANES * LANES;
                add(v[r + a], v, r + b, out, a * length + b, length - b);
            }
        }
    }

    /** Eight rows and columns of the outer products; eight sums stay in registers while all rows pass. */
    private static void addTile(RowSet rows, int a, int b, float[] out, int at, int length) {
        float[] v = rows.values();
        FloatVector s0 = load(out, at);
        FloatVector s1 = load(out, at + length);
        FloatVector s2 = load(out, at + 2 * length);
        FloatVector s3 = load(out, at + 3 * length);
        FloatVector s4 = load(out, at + 4 * length);
        FloatVector s5 = load(out, at + 5 * length);
        FloatVector s6 = load(out, at + 6 * length);
        FloatVector s7 = load(out, at + 7 * length);
        int size = rows.size();
        for (int j = 0; j < size; j++) {
            int r = rows.start(j);
            FloatVector y = load(v, r + b);
            s0 = y.fma(all(v[r + a]), s0);
            s1 = y.fma(all(v[r + a + 1]), s1);
            s2 = y.fma(all(v[r + a + 2]), s2);
            s3 = y.fma(all(v[r + a + 3]), s3);
            s4 = y.fma(all(v[r + a + 4]), s4);
            s5 = y.fma(all(v[r + a + 5]), s5);
            s6 = y.fma(all(v[r + a + 6]), s6);
            s7 = y.fma(all(v[r + a + 7]), s7);
        }
        s0.intoArray(out, at);
        s1.intoArray(out, at + length);
        s2.intoArray(out, at + 2 * length);
        s3.intoArray(out, at + 3 * length);
        s4.intoArray(out, at + 4 * length);
        s5.intoArray(out, at + 5 * length);
        s6.intoArray(out, at + 6 * length);
        s7.intoArray(out, at + 7 * length);
    }
}
