package dev.milvuso.trainer.math;

import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * The inner loops of learning. Every implementation gives the same bits: eight sums of an inner product, number
 * {@code i} going to sum {@code i % 8} by a fused multiply-add, then added up as {@code ((0+4)+(2+6)) + ((1+5)+(3+7))};
 * elsewhere each number by itself, the fused operations as written.
 */
public interface VectorMath {
    /** What this JVM does fastest: vector instructions if its vector module is there, else plain loops. */
    VectorMath BEST = best(ServiceLoader.load(VectorMath.class));

    /** Inner product of two rows. */
    float dot(float[] a, int aOffset, float[] b, int bOffset, int length);

    /**
     * One step of a row and the slope it gives to the other, in one pass: {@code gradient[i] = fma(slope, v, gradient)}
     * and then {@code v = fma(decay, v, move * u)}.
     *
     * @param u the other row, from 0 on
     * @param gradient shape [length or more]
     * @param decay what is left of the row, 1 - rate * regularization
     * @param move -rate * slope
     */
    void step(float[] v, int offset, float[] u, float[] gradient, float slope, float decay, float move, int length);

    /** {@code row = fma(decay, row, move * along)}. */
    void move(float[] row, int offset, float[] along, float decay, float move, int length);

    /** What runs, in a word or two. */
    String name();

    private static VectorMath best(ServiceLoader<VectorMath> found) {
        try {
            Iterator<VectorMath> each = found.iterator();
            return each.hasNext() ? each.next() : new ScalarMath();
        } catch (ServiceConfigurationError | NoClassDefFoundError e) {
            // The JVM was started without its vector module.
            return new ScalarMath();
        }
    }
}
