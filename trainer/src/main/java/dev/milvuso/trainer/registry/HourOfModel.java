package dev.milvuso.trainer.registry;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * How a version did in an hour.
 *
 * @param hour its beginning, milliseconds since 1970
 * @param loss mean of its examples, in nats; 0 without any
 * @param positives ranked before they were learned from
 * @param ndcg mean NDCG@10 of those; 0 without any
 */
@JsonNaming(SnakeCaseStrategy.class)
public record HourOfModel(long hour, long examples, double loss, long positives, double ndcg) {}
