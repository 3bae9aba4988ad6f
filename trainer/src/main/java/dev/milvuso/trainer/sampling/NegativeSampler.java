package dev.milvuso.trainer.sampling;

import java.util.random.RandomGenerator;

/**
 * Draws items uniformly. A sampled item may be one that the user likes: with many items that is rare, and cheaper than
 * looking it up.
 *
 * @param ratio negatives for each positive, 0 or more; of 2.5 every second positive gets a third one, by chance
 */
public record NegativeSampler(double ratio, RandomGenerator random) {
    /** How many to draw for this positive. */
    public int count() {
        int whole = (int) ratio;
        return whole < ratio && random.nextDouble() < ratio - whole ? whole + 1 : whole;
    }

    /**
     * An item other than the positive.
     *
     * @param items how many are known, at least 2
     */
    public int draw(int items, int positive) {
        int item = random.nextInt(items);
        while (item == positive) {
            item = random.nextInt(items);
        }
        return item;
    }
}
