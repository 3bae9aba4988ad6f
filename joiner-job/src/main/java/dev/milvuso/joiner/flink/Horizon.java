package dev.milvuso.joiner.flink;

import java.time.Duration;
import org.apache.flink.api.common.state.StateTtlConfig;

/** How long it is remembered what was there. */
final class Horizon {
    /** Entries looked at for each access on the heap. Each new entry is an access too, so that none stay for good. */
    private static final int CLEANED_PER_ACCESS = 1;

    private static final long CLEANED_AFTER_ENTRIES = 10_000;

    private Horizon() {}

    static StateTtlConfig of(Duration horizon) {
        return StateTtlConfig.newBuilder(horizon)
                .cleanupIncrementally(CLEANED_PER_ACCESS, false)
                .cleanupInRocksdbCompactFilter(CLEANED_AFTER_ENTRIES)
                .build();
    }
}
