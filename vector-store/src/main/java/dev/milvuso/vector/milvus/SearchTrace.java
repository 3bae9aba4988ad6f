package dev.milvuso.vector.milvus;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** What a search of a server has taken so far, as it is seen from here. For one thread. */
final class SearchTrace {
    private final Map<String, Duration> stages = new LinkedHashMap<>();
    private int calls;
    private int limit;
    private long returned;

    <T> T timed(String stage, Supplier<T> work) {
        long begin = System.nanoTime();
        try {
            return work.get();
        } finally {
            stages.merge(stage, Duration.ofNanos(System.nanoTime() - begin), Duration::plus);
        }
    }

    /** @param hits that were asked for, of each query */
    void called(int hits) {
        calls++;
        limit = hits;
    }

    /** @param hits that came, of all queries */
    void returned(int hits) {
        returned += hits;
    }

    int calls() {
        return calls;
    }

    /** Hits that the last call asked for, of each query. */
    int limit() {
        return limit;
    }

    /** Hits that came, of all calls. */
    long returned() {
        return returned;
    }

    /** What took how long, in the order in which each began. */
    Map<String, Duration> stages() {
        return new LinkedHashMap<>(stages);
    }
}
