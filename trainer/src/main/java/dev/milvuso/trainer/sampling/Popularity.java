package dev.milvuso.trainer.sampling;

import java.util.Arrays;

/**
 * How often items were chosen, with a table to draw them by a power of that (Mikolov et al., NeurIPS 2013, have 3/4).
 * Kept current: the table is made anew once the counts have grown by a tenth, or an item has come. Not for several
 * threads while it grows.
 */
public final class Popularity {
    private final double power;
    private long[] counts = new long[16];
    private int items;
    private long total;
    private long madeAt;
    private int madeItems;
    private double weights;
    private AliasTable table = new AliasTable(new double[] {1});

    /** @param power 0, all alike, to 1, as often as chosen */
    public Popularity(double power) {
        this.power = power;
    }

    /** Counts one more choice of an item; an item not chosen yet counts as half a choice. */
    public void add(int item) {
        if (item >= counts.length) {
            counts = Arrays.copyOf(counts, Math.max(item + 1, counts.length * 2));
        }
        items = Math.max(items, item + 1);
        counts[item]++;
        total++;
    }

    public int items() {
        return items;
    }

    /** The table of now. */
    public AliasTable table() {
        if (items != madeItems || total - madeAt > madeAt / 10) {
            double[] weight = new double[items];
            weights = 0;
            for (int i = 0; i < items; i++) {
                weight[i] = weight(i);
                weights += weight[i];
            }
            table = new AliasTable(weight);
            madeItems = items;
            madeAt = total;
        }
        return table;
    }

    private double weight(int item) {
        return StrictMath.pow(Math.max(0.5, (double) counts[item]), power);
    }

    /** The logarithm of how likely the table is to give an item. */
    public float logProbability(int item) {
        return (float) StrictMath.log(weight(item) / weights);
    }
}
