package dev.milvuso.trainer.math;

import dev.milvuso.trainer.parameter.Rows;
import java.util.Arrays;
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

    /**
     * Inner products of one row with several.
     *
     * @param which the rows' numbers, shape [count or more]
     * @param sums room to work in, shape [8 · count or more]
     * @param products what comes of it, shape [count or more]
     */
    default void dots(float[] row, Rows rows, int[] which, int count, float[] sums, float[] products, int length) {
        for (int k = 0; k < count; k++) {
            products[k] = dot(row, 0, rows.chunk(which[k]), rows.offset(which[k]), length);
        }
    }

    /**
     * The logistic function of each score, and what it lacks to 1, with no less precision where that is little:
     * {@code e = Exponential.of(-score); chosen = 1 / (1 + e); not = e * chosen}.
     *
     * @param scores shape [{@link #room} of count, or more], as the others; what lies behind count means nothing
     */
    void logistic(float[] scores, int count, float[] chosen, float[] not);

    /** {@code |g|²}, summed as an inner product; nothing moves. */
    float squares(float[] rows, int offset, Pull pull, int length);

    /** {@code w = fma(1 - rate * l2, w, -rate * slope * other)}. */
    void step(float[] rows, int offset, Pull pull, float rate, int length);

    /**
     * A {@link #step} of several rows, one after the other, each pulled at with a slope and an L2 of its own. What they
     * pull back with, all of them, becomes the pull's, whatever it was.
     *
     * @param which the rows' numbers, shape [count or more], as slopes and l2
     */
    default void steps(
            Rows rows, int[] which, int count, Pull pull, float[] slopes, float[] l2, float rate, int length) {
        Arrays.fill(pull.back, 0);
        for (int k = 0; k < count; k++) {
            step(rows.chunk(which[k]), rows.offset(which[k]), pull.by(slopes[k], l2[k]), rate, length);
        }
    }

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

    /** How long arrays of so many numbers must be where they are worked on by whole vectors. */
    static int room(int count) {
        return (count + 7) & -8;
    }

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
