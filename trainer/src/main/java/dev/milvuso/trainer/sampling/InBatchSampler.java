package dev.milvuso.trainer.sampling;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Draws the positives of other pairs, those that came last: as likely as an item is chosen (Hidasi et al., ICLR 2016;
 * Yi et al., RecSys 2019). Until there are two that differ it draws uniformly.
 */
public final class InBatchSampler implements ItemSampler {
    private static final int TRIES = 10;

    private final int[] ring;
    private final RandomGenerator random;
    private final ItemSampler otherwise;
    private int[] counts;
    private int size;
    private int next;

    /**
     * @param batch positives kept, at least 1
     * @param items how many there are, at least 2
     */
    public InBatchSampler(int batch, int items, RandomGenerator random) {
        this(batch, items, new UniformSampler(items, random), random);
    }

    /**
     * For items that become more.
     *
     * @param otherwise asked as long as there is nothing else in the batch
     */
    public InBatchSampler(int batch, ItemSampler otherwise, RandomGenerator random) {
        this(batch, 16, otherwise, random);
    }

    private InBatchSampler(int batch, int items, ItemSampler otherwise, RandomGenerator random) {
        this.ring = new int[batch];
        this.random = random;
        this.otherwise = otherwise;
        this.counts = new int[items];
    }

    /** Of the positives kept. */
    @Override
    public int draw(int user, int positive) {
        int item = positive;
        for (int tries = 0; item == positive && tries < TRIES && size > 0; tries++) {
            item = ring[random.nextInt(size)];
        }
        return item == positive ? otherwise.draw(user, positive) : item;
    }

    /** Takes a positive into the batch; the oldest one goes. */
    public void add(int positive) {
        if (positive >= counts.length) {
            counts = Arrays.copyOf(counts, Math.max(positive + 1, 2 * counts.length));
        }
        if (size == ring.length) {
            counts[ring[next]]--;
        } else {
            size++;
        }
        ring[next] = positive;
        counts[positive]++;
        next = (next + 1) % ring.length;
    }

    /** Of the batch as it is, an item that is not in it counting as half of one. */
    @Override
    public float logProbability(int item) {
        int times = item < counts.length ? counts[item] : 0;
        return (float) StrictMath.log(Math.max(0.5, times) / Math.max(1, size));
    }
}
