package dev.milvuso.joiner.core;

import dev.milvuso.example.TrainingExample;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one event id.
 *
 * @param seen whether its example was there; if none waits here, it has gone on
 * @param example waits for its features
 * @param features wait for their example; a JSON object
 * @param deadline processing time in milliseconds at which the waiting ends; {@link #NEVER} if nothing waits
 */
public record Waiting(
        boolean seen,
        @Nullable TrainingExample example,
        @Nullable String features,
        long deadline) {
    public static final long NEVER = Long.MAX_VALUE;

    /** The example has gone on; all that is left is that it was there. */
    public static final Waiting SEEN = new Waiting(true, null, null, NEVER);
}
