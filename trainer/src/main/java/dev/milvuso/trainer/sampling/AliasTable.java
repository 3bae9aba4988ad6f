package dev.milvuso.trainer.sampling;

import java.util.random.RandomGenerator;

/** Draws numbers by weight in constant time (Walker, 1977; made as Vose, 1991, does, in linear time). */
public final class AliasTable {
    private final float[] keep;
    private final int[] alias;

    /** @param weights 0 or more each, not all of them 0 */
    public AliasTable(double[] weights) {
        int n = weights.length;
        keep = new float[n];
        alias = new int[n];
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        double[] share = new double[n];
        int[] places = new int[n];
        int poor = 0;
        int rich = n;
        for (int i = 0; i < n; i++) {
            share[i] = weights[i] * n / sum;
            places[share[i] < 1 ? poor++ : --rich] = i;
            alias[i] = i;
            keep[i] = 1;
        }
        pair(share, places, poor, rich);
    }

    /** Fills what every poor place lacks from a rich one, which may become poor by that. */
    private void pair(double[] share, int[] places, int poorEnd, int richStart) {
        int next = 0;
        int rich = richStart;
        int end = poorEnd;
        while (next < end && rich < places.length) {
            int poor = places[next++];
            int giver = places[rich];
            keep[poor] = (float) share[poor];
            alias[poor] = giver;
            share[giver] -= 1 - share[poor];
            if (share[giver] < 1) {
                rich++;
                end = rich;
            }
        }
    }

    /** A number of those the table was made of. */
    public int draw(RandomGenerator random) {
        long bits = random.nextLong();
        int place = (int) (((bits >>> 32) * keep.length) >>> 32);
        return (bits & 0xffffff) * 0x1p-24f < keep[place] ? place : alias[place];
    }
}
