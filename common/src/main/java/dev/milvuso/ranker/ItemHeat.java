package dev.milvuso.ranker;

import java.util.Arrays;

/**
 * How popular items are, in all and of late: two sums of the weights of positive actions that halve in their
 * half-lives. All sums fade alike, so each is kept as the logarithm to the base 2 of what it would have been in 1970;
 * actions may come in any order. Written by one thread, read by many.
 */
public final class ItemHeat {
    private static final double LN2 = Math.log(2);

    private final double halfLife;
    private final double trendHalfLife;
    private volatile double[] levels = {};
    private volatile double[] trends = {};

    /** @param halfLife of the popularity and {@code trendHalfLife} of the trend, in milliseconds, above 0 */
    public ItemHeat(long halfLife, long trendHalfLife) {
        this.halfLife = halfLife;
        this.trendHalfLife = trendHalfLife;
    }

    /**
     * An item was acted on.
     *
     * @param weight at least 0
     */
    public void add(int item, double weight, long millis) {
        room(item);
        double said = log2(weight);
        levels[item] = together(levels[item], said + millis / halfLife);
        trends[item] = together(trends[item], said + millis / trendHalfLife);
    }

    /** Both sums are known, as of a time; what is no sum is none. */
    public void set(int item, double popularity, double trend, long millis) {
        room(item);
        levels[item] = level(popularity) + millis / halfLife;
        trends[item] = level(trend) + millis / trendHalfLife;
    }

    /** Nothing is known of the item any more. */
    public void clear(int item) {
        if (item < levels.length) {
            levels[item] = Double.NEGATIVE_INFINITY;
            trends[item] = Double.NEGATIVE_INFINITY;
        }
    }

    private void room(int item) {
        int before = levels.length;
        if (item >= before) {
            int size = Math.max(item + 1, 2 * before);
            trends = longer(trends, size);
            levels = longer(levels, size);
        }
    }

    private static double[] longer(double[] values, int size) {
        double[] more = Arrays.copyOf(values, size);
        Arrays.fill(more, values.length, size, Double.NEGATIVE_INFINITY);
        return more;
    }

    private static double level(double sum) {
        return sum > 0 && sum < Double.POSITIVE_INFINITY ? log2(sum) : Double.NEGATIVE_INFINITY;
    }

    private static double log2(double value) {
        return Math.log(value) / LN2;
    }

    /** The logarithm of both sums together. */
    private static double together(double one, double other) {
        double larger = Math.max(one, other);
        return larger == Double.NEGATIVE_INFINITY
                ? larger
                : larger + log2(1 + Math.exp((Math.min(one, other) - larger) * LN2));
    }

    /** Items from 0 on of which anything may be known. */
    public int size() {
        return levels.length;
    }

    /** The item's popularity at a time; 0 if nothing is known. */
    public double popularity(int item, long millis) {
        double[] now = levels;
        return item < now.length ? Math.exp((now[item] - millis / halfLife) * LN2) : 0;
    }

    /** The item's popularity of late at a time; 0 if nothing is known. */
    public double trend(int item, long millis) {
        double[] now = trends;
        return item < now.length ? Math.exp((now[item] - millis / trendHalfLife) * LN2) : 0;
    }

    /** As it is kept, to be given to {@link #restore}; the item is below {@link #size}. */
    public double level(int item, boolean ofLate) {
        return ofLate ? trends[item] : levels[item];
    }

    /** Takes what {@link #level} said. */
    public void restore(int item, double level, double trend) {
        room(item);
        levels[item] = level;
        trends[item] = trend;
    }
}
