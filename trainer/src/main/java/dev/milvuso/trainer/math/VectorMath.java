package dev.milvuso.trainer.math;

import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * The inner loops of learning. Every implementation gives the same bits: eight sums of an inner product, number
 * {@code i} going to sum {@code i % 8} by a fused multiply-add, then added up as {@code ((0+4)+(2+6)) + ((1+5)+(3+7))};
 * elsewhere each number by itself, the fused operations as written.
 *
 * <p>The steps take a row, the {@link Pull} at it, and move both the row and what it pulls back with, in one pass over
 * the first {@code length} numbers from {@code offset} on. Their g is the pull's gradient.
 */
public interface VectorMath {
    /** What this JVM does fastest: vector instructions if its vector module is there, else plain loops. */
    VectorMath BEST = best(ServiceLoader.load(VectorMath.class));

    /** Inner product of two rows. */
    float dot(float[] a, int aOffset, float[] b, int bOffset, int length);

    /** {@code |g|²}, summed as an inner product; nothing moves. */
    float squares(float[] rows, int offset, Pull pull, int length);

    /** {@code w = fma(1 - rate * l2, w, -rate * slope * other)}. */
    void step(float[] rows, int offset, Pull pull, float rate, int length);

    /** {@code s = fma(g, g, s); w -= rate * g / (√s + epsilon)}. */
    void adaGradStep(
            float[] rows, int offset, Pull pull, float[] state, int sums, float rate, float epsilon, int length);

    /**
     * {@code m = fma(beta1, m, (1 - beta1) * g); v = fma(beta2, v, (1 - beta2) * g * g); w -= rate * m / (√(v *
     * inverse) + epsilon)}.
     *
     * @param first where the first moments begin in the state; the second ones lie {@code length} further on
     * @param rate divided by the first moments' correction
     * @param inverse of the second moments' correction
     */
    void adamStep(
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
            int length);

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
