package dev.milvuso.joiner.flink;

import dev.milvuso.config.JoinerConfig;
import org.apache.flink.api.common.state.StateTtlConfig;

/** How long it is remembered what was there. */
final class Horizon {
    /** Entries looked at for each access on the heap: as many as can come in at once, so that they never heap up. */
    private static final int CLEANED_PER_ACCESS = 2;

    private static final long CLEANED_AFTER_ENTRIES = 10_000;

    private Horizon() {}

    static StateTtlConfig of(JoinerConfig config) {
        return StateTtlConfig.newBuilder(config.deduplicationHorizon())
                // After a downtime longer than the horizon what still waits must go on; its timers fire at the start.
                .setStateVisibility(StateTtlConfig.StateVisibility.ReturnExpiredIfNotCleanedUp)
                .cleanupIncrementally(CLEANED_PER_ACCESS, false)
                .cleanupInRocksdbCompactFilter(CLEANED_AFTER_ENTRIES)
                .build();
    }
}
