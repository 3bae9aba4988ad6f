package dev.milvuso.trainer.als.simd;

import dev.milvuso.trainer.als.Kernels;
import dev.milvuso.trainer.als.RowSet;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Eight numbers at a time in 256-bit registers, four rows side by side. */
public final class LaneKernels implements Kernels {
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

    /** The sum of the lanes, in every lane: ((0+4)+(2+6)) + ((1+5)+(3+7)) in the first. */
    private static FloatVector sum(FloatVector lanes) {
        FloatVector fours = lanes.add(lanes.rearrange(BY_FOUR));
        FloatVector twos = fours.add(fours.rearrange(BY_TWO));
        return twos.add(twos.rearrange(BY_ONE));
    }

    private static FloatVector dots(float[] a, int aOffset, float[] b, int bOffset, int length) {
        FloatVector sums = FloatVector.zero(SPECIES);
        for (int i = 0; i < length; i += LANES) {
            sums = load(a, aOffset + i).fma(load(b, bOffset + i), sums);
        }
        return sum(sums);
    }

    @Override
    public float dot(float[] a, int aOffset, float[] b, int bOffset, int length) {
        return dots(a, aOffset, b, bOffset, length).lane(0);
    }

    @Override
    public void add(float scale, float[] x, int xOffset, float[] y, int yOffset, int length) {
        FloatVector scales = all(scale);
        for (int i = 0; i < length; i += LANES) {
            load(x, xOffset + i).fma(scales, load(y, yOffset + i)).intoArray(y, yOffset + i);
        }
    }

    @Override
    public double project(RowSet rows, float[] p, float target, float sign, float[] out, int length) {
        float[] v = rows.values();
        FloatVector targets = all(target);
        FloatVector signs = all(sign);
        double sum = 0;
        int j = 0;
        for (; j + 3 < rows.size(); j += 4) {
            int r0 = rows.start(j);
            int r1 = rows.start(j + 1);
            int r2 = rows.start(j + 2);
            int r3 = rows.start(j + 3);
            FloatVector c0 = FloatVector.zero(SPECIES);
            FloatVector c1 = c0;
            FloatVector c2 = c0;
            FloatVector c3 = c0;
            for (int i = 0; i < length; i += LANES) {
                FloatVector along = load(p, i);
                c0 = load(v, r0 + i).fma(along, c0);
                c1 = load(v, r1 + i).fma(along, c1);
                c2 = load(v, r2 + i).fma(along, c2);
                c3 = load(v, r3 + i).fma(along, c3);
            }
            c0 = targets.add(sum(c0).mul(signs));
            c1 = targets.add(sum(c1).mul(signs));
            c2 = targets.add(sum(c2).mul(signs));
            c3 = targets.add(sum(c3).mul(signs));
            for (int i = 0; i < length; i += LANES) {
                FloatVector sums = load(v, r0 + i).fma(c0, load(out, i));
                sums = load(v, r1 + i).fma(c1, sums);
                sums = load(v, r2 + i).fma(c2, sums);
                load(v, r3 + i).fma(c3, sums).intoArray(out, i);
            }
            sum += c0.add(c1).add(c2.add(c3)).lane(0);
        }
        for (; j < rows.size(); j++) {
            float c = target + sign * dot(v, rows.start(j), p, 0, length);
            add(c, v, rows.start(j), out, 0, length);
            sum += c;
        }
        return sum;
    }

    @Override
    public void addDots(RowSet rows, int offset, float[] p, float[] out, int length) {
        float[] v = rows.values();
        int j = 0;
        for (; j + 3 < rows.size(); j += 4) {
            int r0 = rows.start(j) + offset;
            int r1 = rows.start(j + 1) + offset;
            int r2 = rows.start(j + 2) + offset;
            int r3 = rows.start(j + 3) + offset;
            FloatVector s0 = FloatVector.zero(SPECIES);
            FloatVector s1 = s0;
            FloatVector s2 = s0;
            FloatVector s3 = s0;
            for (int i = 0; i < length; i += LANES) {
                FloatVector along = load(p, i);
                s0 = load(v, r0 + i).fma(along, s0);
                s1 = load(v, r1 + i).fma(along, s1);
                s2 = load(v, r2 + i).fma(along, s2);
                s3 = load(v, r3 + i).fma(along, s3);
            }
            out[j] += sum(s0).lane(0);
            out[j + 1] += sum(s1).lane(0);
            out[j + 2] += sum(s2).lane(0);
            out[j + 3] += sum(s3).lane(0);
        }
        for (; j < rows.size(); j++) {
            out[j] += dot(v, rows.start(j) + offset, p, 0, length);
        }
    }

    @Override
    public void addScaled(RowSet rows, int offset, float[] scales, float[] out, int length) {
        float[] v = rows.values();
        int j = 0;
        for (; j + 3 < rows.size(); j += 4) {
            int r0 = rows.start(j) + offset;
            int r1 = rows.start(j + 1) + offset;
            int r2 = rows.start(j + 2) + offset;
            int r3 = rows.start(j + 3) + offset;
            FloatVector c0 = all(scales[j]);
            FloatVector c1 = all(scales[j + 1]);
            FloatVector c2 = all(scales[j + 2]);
            FloatVector c3 = all(scales[j + 3]);
            for (int i = 0; i < length; i += LANES) {
                FloatVector sums = load(v, r0 + i).fma(c0, load(out, i));
                sums = load(v, r1 + i).fma(c1, sums);
                sums = load(v, r2 + i).fma(c2, sums);
                load(v, r3 + i).fma(c3, sums).intoArray(out, i);
            }
        }
        for (; j < rows.size(); j++) {
            add(scales[j], v, rows.start(j) + offset, out, 0, length);
        }
    }

    @Override
    public void addOuter(RowSet rows, int offset, float[] out, int length) {
        for (int a = 0; a < length; a += LANES) {
            for (int b = a; b < length; b += LANES) {
                addTile(rows, offset + a, offset + b, out, a * length + b, length);
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
