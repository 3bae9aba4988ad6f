package dev.milvuso.trainer.replay;

/** A user's vector from the vectors of what they acted on. */
interface Fit {
    /**
     * Takes an action in, or out again.
     *
     * @param item its vector, shape [d]
     * @param sign 1, or -1 for one that was taken in before
     */
    void move(float[] item, int sign);

    /** What fits best, shape [d]; not to be asked for without actions. */
    double[] vector();
}
