package dev.milvuso.trainer.batch;

/**
 * What a batch run did.
 *
 * @param samples gradient steps: positives and sampled negatives
 * @param loss mean of the last epoch, in nats
 */
public record TrainingResult(
        int users,
        int items,
        long interactions,
        int epochs,
        long samples,
        double seconds,
        double samplesPerSecond,
        double loss,
        long peakRssBytes) {}
