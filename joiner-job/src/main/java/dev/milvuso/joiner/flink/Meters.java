package dev.milvuso.joiner.flink;

import org.apache.flink.metrics.Counter;
import org.jspecify.annotations.Nullable;

/** Names of the job's counters. */
final class Meters {
    static final String ACTIONS = "milvuso.joiner.actions";
    static final String EXAMPLES = "milvuso.joiner.examples";
    static final String LATE = "milvuso.joiner.late";
    static final String REPEATED = "milvuso.joiner.repeated";
    static final String FEATURES_MISSING = "milvuso.joiner.features.missing";

    /** Followed by the topic. */
    static final String DEAD_LETTERS = "milvuso.dlq.records:";

    private Meters() {}

    /** A counter is null only before its operator is open. */
    static void count(@Nullable Counter counter) {
        if (counter != null) {
            counter.inc();
        }
    }
}
