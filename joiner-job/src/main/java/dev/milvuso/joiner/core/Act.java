package dev.milvuso.joiner.core;

import dev.milvuso.example.TrainingExample;

/**
 * Something that happened, as the example that it becomes if nothing else is known of it.
 *
 * @param time milliseconds since 1970 in the joiner's event time: the event's own, but never later than its arrival
 * @param arrival when the log took it, milliseconds since 1970
 */
public record Act(TrainingExample example, Role role, long time, long arrival) {
    /** What an act is to the join by request. */
    public enum Role {
        /** Any action other than an impression. */
        ANSWER,
        /** An impression that the site has reported, with an event id of its own. */
        POSTED
    }

    /** Whether it takes part in the join by request. */
    public boolean hasRequest() {
        return example.requestId().isPresent();
    }
}
