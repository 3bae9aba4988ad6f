package dev.milvuso.trainer.registry;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Map;

/**
 * A model that was trained.
 *
 * @param version as in {@link dev.milvuso.embedding.ModelVersion}
 * @param createdAt milliseconds since 1970
 * @param data what it was trained on: names and values
 * @param cut the offset behind the last of {@code training_examples} that it has seen, by partition; a partition that
 *     is not named counts from its beginning
 * @param configuration the section that it was trained with
 * @param metrics what is known of its quality: names and values
 * @param artefact where the model lies: a model directory (batch) or a directory of snapshots (online); "" if nowhere
 */
@JsonNaming(SnakeCaseStrategy.class)
public record RegisteredModel(
        String version,
        Origin origin,
        long createdAt,
        Map<String, Object> data,
        Map<Integer, Long> cut,
        Map<String, Object> configuration,
        long seed,
        Map<String, Object> metrics,
        String artefact) {
    /** How it was trained. */
    public enum Origin {
        BATCH,
        ONLINE
    }
}
