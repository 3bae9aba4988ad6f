package dev.milvuso.trainer.als;

import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * The loops that take the time. Lengths and offsets are multiples of {@link #LANES}. Every implementation gives the
 * same bits: an inner product is summed as {@link dev.milvuso.trainer.math.VectorMath} says, every other sum in the
 * order of the rows, by fused multiply-adds.
 */
public interface Kernels {
    /** Numbers that are taken at once. */
    int LANES = 8;

    /** Numbers that {@link #project} needs to work with. */
    int SCRATCH = 4 * LANES;

    /** What this JVM does fastest: vector instructions if its vector module is there, else plain loops. */
    Kernels BEST = best(ServiceLoader.load(Kernels.class));

    /** Inner product of the first {@code length} numbers. */
    float dot(float[] a, int aOffset, float[] b, int bOffset, int length);

    /** {@code y += scale · x}. */
    void add(float scale, float[] x, int xOffset, float[] y, int yOffset, int length);

    /**
     * {@code out += Σ c y} over the rows y, with {@code c = target + sign · (y · p)}: with (0, 1) the product of the
     * rows' Gramian and p, with (1, −1) what p leaves unexplained. Rows are taken by four; where the last are fewer,
     * the last row fills up with c = 0.
     *
     * @param scratch shape [{@link #SCRATCH} or more]
     * @return Σ c
     */
    double project(RowSet rows, float[] p, float target, float sign, float[] scratch, float[] out, int length);

    /** {@code out[i] += rows[i][offset…] · p}. */
    void addDots(RowSet rows, int offset, float[] p, float[] out, int length);

    /** {@code out += Σ scales[i] · rows[i][offset…]}. */
    void addScaled(RowSet rows, int offset, float[] scales, float[] out, int length);

    /**
     * {@code out += Σ y yᵀ} over the rows y from {@code offset} on, the upper triangle; below it out is left undefined.
     *
     * @param out shape [length × length]
     */
    void addOuter(RowSet rows, int offset, float[] out, int length);

    private static Kernels best(ServiceLoader<Kernels> found) {
        try {
            Iterator<Kernels> each = found.iterator();
            return each.hasNext() ? each.next() : new ScalarKernels();
        } catch (ServiceConfigurationError | NoClassDefFoundError e) {
            // The JVM was started without its vector module.
            return new ScalarKernels();
        }
    }
}
