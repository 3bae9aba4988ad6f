package dev.milvuso.trainer.batch;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

/**
 * A user's list, best first.
 *
 * @param source {@code personal}, or {@code popular} for a user whom the model has never seen
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Recommendations(String userId, String source, List<Entry> recommendations) {
    /** @param rank from 1 */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Entry(String itemId, int rank, double score) {}
}
