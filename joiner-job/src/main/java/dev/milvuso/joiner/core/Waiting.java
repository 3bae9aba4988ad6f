package dev.milvuso.joiner.core;

import org.jspecify.annotations.Nullable;

/**
 * What is known of one event id.
 *
 * @param act waits for its features
 * @param features wait for their act; a JSON object
 * @param deadline processing time in milliseconds at which the waiting ends; {@link #NEVER} if nothing waits
 */
public record Waiting(
        boolean seen, @Nullable Act act, @Nullable String features, long deadline) {
    public static final long NEVER = Long.MAX_VALUE;

    /** The act has gone on; all that is left is that it was there. */
    static final Waiting SEEN = new Waiting(true, null, null, NEVER);
}
