package dev.milvuso.trainer.batch;

/** Told after every epoch. */
public interface Progress {
    /** @param secondsLeft estimate for the remaining epochs */
    void epoch(int epoch, double loss, double samplesPerSecond, double secondsLeft);
}
