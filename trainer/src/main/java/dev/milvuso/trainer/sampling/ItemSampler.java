package dev.milvuso.trainer.sampling;

/** Draws items that stand for those a user did not choose. For one thread. */
public interface ItemSampler {
    /** An item other than the positive; the positive itself only where there is no other. */
    int draw(int user, int positive);

    /** The logarithm of how likely a draw is to give the item, for the correction of losses that need it. */
    float logProbability(int item);
}
