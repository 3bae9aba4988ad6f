package dev.milvuso.vector.index;

import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * The inner loops of search. Every implementation gives the same bits.
 *
 * <p>Sums over floats: while 32 numbers are left, number {@code i} goes to sum {@code i % 32}; while 8 are left, to sum
 * {@code i % 8}. Then {@code t[j] = (s[j] + s[j+8]) + (s[j+16] + s[j+24])} for j of 0 to 7 and {@code ((t0+t4)+(t2+t6))
 * + ((t1+t5)+(t3+t7))}, to which the last seven or fewer come one by one.
 */
public interface IndexMath {
    /** Rows of codes that are scored together; see {@link CodeBlocks}. */
    int BLOCK = 32;

    /** Shorts of {@code weights} for each four dimensions. */
    int WEIGHTS = 64;

    /** What this JVM does fastest: vector instructions if its vector module is there, else plain loops. */
    IndexMath BEST = best(ServiceLoader.load(IndexMath.class));

    /** {@code s = fma(a, b, s)} over the first {@code length} numbers of a and those of b from the offset on. */
    float dot(float[] a, float[] b, int offset, int length);

    /** {@code s = fma(a - b, a - b, s)}, as {@link #dot}. */
    float squaredDistance(float[] a, float[] b, int offset, int length);

    /** {@code s = s + |a - b|}, as {@link #dot}. */
    float distance(float[] a, float[] b, int offset, int length);

    /**
     * Estimates from codes and a query: {@code score = fma(s * scale, factor, base + bias)} of a sum in 16 bits that
     * may wrap on the way, {@code s = start + Σ w[g][n] * (c[g] >>> 4n)} for each group g of four dimensions and n of 0
     * to 3.
     *
     * @param codes shape [blocks, groups + 2, 32]: four codes of 4 bits in a short, by row; then a block's scales, each
     *     the lower and the upper half of a float
     * @param fromBlock the first block whose rows are scored
     * @param toBlock behind the last
     * @param weights shape [groups, 4, 16]: each weight 16 times
     * @param biases shape [blocks * 32], or of none: then all are 0
     * @param scores shape [blocks * 32] or longer
     */
    void scores(
            short[] codes,
            int fromBlock,
            int toBlock,
            int groups,
            short[] weights,
            short start,
            float factor,
            float base,
            float[] biases,
            float[] scores);

    /**
     * Estimates from codes of rows here and there: {@code score = fma(s * scale, factor, base + bias)} of a sum in 16
     * bits that may wrap on the way, {@code s = start + Σ w[n][g] * (c[g] >>> 4n)}.
     *
     * @param codes shape [rows, groups + 4]: four codes of 4 bits in a short; then scale and bias, each the lower and
     *     the upper half of a float
     * @param rows which of them
     * @param count of those
     * @param groups a multiple of 16
     * @param weights shape [4, groups]
     * @param scores shape [count] or longer
     */
    void scores(
            short[] codes,
            int[] rows,
            int count,
            int groups,
            short[] weights,
            short start,
            float factor,
            float base,
            float[] scores);

    /**
     * Writes each number 16 times.
     *
     * @param repeated shape [numbers, 16]
     */
    void spread(short[] numbers, short[] repeated);

    /**
     * The largest of each 32nd number: {@code maxima[j]} is that of the numbers at {@code j}, {@code j + 32} and so on.
     *
     * @param count a multiple of 32
     * @param maxima shape [32]
     */
    void maxima(float[] numbers, int count, float[] maxima);

    /**
     * The places of numbers above a threshold, in ascending order.
     *
     * @param from, count multiples of 8
     * @return how many
     */
    int above(float[] numbers, int from, int count, float threshold, int[] found);

    /** What runs, in a word or two. */
    String name();

    private static IndexMath best(ServiceLoader<IndexMath> found) {
        try {
            Iterator<IndexMath> each = found.iterator();
            return each.hasNext() ? each.next() : new ScalarIndexMath();
        } catch (ServiceConfigurationError | NoClassDefFoundError e) {
            // The JVM was started without its vector module.
            return new ScalarIndexMath();
        }
    }
}
