package dev.milvuso.vector.cache;

import dev.milvuso.vector.RequestShape;
import dev.milvuso.vector.SearchRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Searches that took longer than they should: a line of the log each, and the latest to be asked for. What was searched
 * for is not in it, which may be somebody's. Safe for use by many threads.
 */
public final class SlowQueries {
    /**
     * @param shape of the request: how many queries and hits, and what kind of filter, without any values
     * @param failure what the search failed with, or nothing
     */
    public record SlowQuery(Instant at, String collection, String shape, Duration took, String failure) {}

    private static final Logger LOG = LoggerFactory.getLogger(SlowQueries.class);

    private final Duration threshold;
    private final int kept;
    private final InstantSource clock;
    private final Runnable counted;
    private final Deque<SlowQuery> latest = new ArrayDeque<>();

    /** @param kept how many of the latest are remembered, 0 and up */
    public SlowQueries(Duration threshold, int kept, InstantSource clock) {
        this(threshold, kept, clock, () -> {});
    }

    /** @param counted told of each */
    public SlowQueries(Duration threshold, int kept, InstantSource clock, Runnable counted) {
        this.threshold = threshold;
        this.kept = kept;
        this.clock = clock;
        this.counted = counted;
    }

    void took(String collection, SearchRequest request, Duration took, String failure) {
        if (took.compareTo(threshold) < 0) {
            return;
        }
        SlowQuery slow = new SlowQuery(clock.instant(), collection, RequestShape.of(request), took, failure);
        LOG.warn(
                "slow search of {}: {} ms, {}{}",
                collection,
                took.toMillis(),
                slow.shape(),
                failure.isEmpty() ? "" : ", failed with " + failure);
        counted.run();
        synchronized (latest) {
            latest.addFirst(slow);
            if (latest.size() > kept) {
                latest.removeLast();
            }
        }
    }

    /** The newest first. */
    public List<SlowQuery> latest() {
        synchronized (latest) {
            return List.copyOf(latest);
        }
    }
}
