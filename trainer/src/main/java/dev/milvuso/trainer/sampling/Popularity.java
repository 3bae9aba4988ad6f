package dev.milvuso.trainer.sampling;

import java.util.Arrays;

/**
 * How often items were chosen, with a table to draw them by a power of that (Mikolov et al., NeurIPS 2013, have 3/4).
 * Kept current: the table is made anew once a tenth of the counts has changed, or a tenth more items have come, so that
 * making it costs no choice more than about ten steps over the items a choice. Not for several threads while it grows.
 */
public final class Popularity {
    private final double power;
    private long[] counts = new long[16];
    private int items;
    private long total;
    private long changes;
    private int madeItems;
    private double weights;
    private AliasTable table = new AliasTable(new double[] {1});

    /** @param power 0, all alike, to 1, as often as chosen */
    public Popularity(double power) {
        this.power = power;
    }

    /** Counts one more choice of an item; an item not chosen yet counts as half a choice. */
    public void add(int item) {
        add(item, 1);
    }

    /** Counts so many more choices of an item. */
    public void add(int item, int times) {
        grow(item + 1);
        counts[item] += times;
        total += times;
        changes += times;
    }

    /** There are at least so many items. */
    public void grow(int many) {
        if (many > counts.length) {
            counts = Arrays.copyOf(counts, Math.max(many, counts.length * 2));
        }
        items = Math.max(items, many);
    }

    /** Takes one choice back. */
    public void remove(int item) {
        counts[item]--;
        total--;
        changes++;
    }

    public int items() {
        return items;
    }

    /** The table of now. */
    public AliasTable table() {
        if (items - madeItems > madeItems / 10 || changes > total / 10) {
            double[] weight = new double[items];
            weights = 0;
            for (int i = 0; i < items; i++) {
                weight[i] = weight(i);
                weights += weight[i];
            }
            table = new AliasTable(weight);
            madeItems = items;
            changes = 0;
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
