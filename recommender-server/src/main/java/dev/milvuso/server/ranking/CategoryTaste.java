package dev.milvuso.server.ranking;

import dev.milvuso.server.catalogue.Codes;
import dev.milvuso.server.recommend.Visit;
import java.util.Arrays;

/**
 * How much of somebody's interest each category has.
 *
 * @param categories codes, the one with the largest share first
 * @param shares above 0, 1 together, in the same order
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record CategoryTaste(int[] categories, double[] shares) {
    /** Of whom nothing is known. */
    public static final CategoryTaste NONE = new CategoryTaste(new int[0], new double[0]);

    /** More make no difference to a list. */
    private static final int MOST = 8;

    /**
     * The largest of some weights; of equal ones those that come first.
     *
     * @param codes each once; what is {@link Codes#NONE} or has no weight above 0 is passed over
     */
    public static CategoryTaste of(int[] codes, double[] weights, int count) {
        int[] best = new int[Math.min(MOST, count)];
        double[] shares = new double[best.length];
        int size = 0;
        for (int i = 0; i < count; i++) {
            boolean counts = codes[i] != Codes.NONE && weights[i] > 0 && weights[i] < Double.POSITIVE_INFINITY;
            if (counts && (size < best.length || weights[i] > shares[size - 1])) {
                size = Math.min(best.length, size + 1);
                int place = size - 1;
                for (; place > 0 && shares[place - 1] < weights[i]; place--) {
                    shares[place] = shares[place - 1];
                    best[place] = best[place - 1];
                }
                shares[place] = weights[i];
                best[place] = codes[i];
            }
        }
        double sum = Arrays.stream(shares, 0, size).sum();
        return new CategoryTaste(
                Arrays.copyOf(best, size),
                Arrays.stream(shares, 0, size).map(share -> share / sum).toArray());
    }

    /** By the visitor's latest likes, each of which counts the same. */
    static CategoryTaste ofLikes(Visit visit) {
        int[] recent = visit.visitor().recent();
        int[] codes = new int[recent.length];
        double[] counts = new double[recent.length];
        int size = 0;
        for (int slot : recent) {
            int category = Pool.category(visit, slot);
            int place = 0;
            while (place < size && codes[place] != category) {
                place++;
            }
            codes[place] = category;
            counts[place]++;
            size = Math.max(size, place + 1);
        }
        return of(codes, counts, size);
    }

    /** Both, each counting half if there is something in either. */
    CategoryTaste and(CategoryTaste other) {
        if (categories.length == 0 || other.categories.length == 0) {
            return categories.length == 0 ? other : this;
        }
        int[] codes = Arrays.copyOf(categories, categories.length + other.categories.length);
        double[] sums = Arrays.copyOf(shares, codes.length);
        int size = categories.length;
        for (int i = 0; i < other.categories.length; i++) {
            int place = 0;
            while (place < size && codes[place] != other.categories[i]) {
                place++;
            }
            codes[place] = other.categories[i];
            sums[place] += other.shares[i];
            size = Math.max(size, place + 1);
        }
        return of(codes, sums, size);
    }

    /**
     * Gives places to the categories in proportion to their shares, those left over to the first.
     *
     * @return in the order of the categories
     */
    int[] places(int room) {
        int[] places = new int[categories.length];
        int left = room;
        for (int i = 0; i < places.length; i++) {
            places[i] = (int) (shares[i] * room);
            left -= places[i];
        }
        for (int i = 0; i < places.length && left > 0; i++, left--) {
            places[i]++;
        }
        return places;
    }
}
