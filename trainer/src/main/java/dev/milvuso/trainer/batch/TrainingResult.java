package dev.milvuso.trainer.batch;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * What a batch run did.
 *
 * @param interactions positive ones, repeats included
 * @param notPositive interactions that were left out, low ratings for example
 * @param skipped lines that could not be read
 * @param samples gradient steps: positives and sampled negatives
 * @param loss mean of the last epoch, in nats
 */
@JsonNaming(SnakeCaseStrategy.class)
public record TrainingResult(
        int users,
        int items,
        long interactions,
        long notPositive,
        long skipped,
        int epochs,
        long samples,
        double seconds,
        double samplesPerSecond,
        double loss,
        long peakRssBytes) {}
