package dev.milvuso.server.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * How long the answers of one route took, by status. Each timer is looked up at every request, for which the registry
 * would build names and tags. Safe for use by many threads.
 */
final class AnswerTimes {
    private final String method;
    private final String route;
    private final MeterRegistry metrics;
    private final ConcurrentHashMap<Integer, Timer> byStatus = new ConcurrentHashMap<>();

    AnswerTimes(String method, String route, MeterRegistry metrics) {
        this.method = method;
        this.route = route;
        this.metrics = metrics;
    }

    void add(int status, long nanos) {
        Timer known = byStatus.get(status); // where computeIfAbsent might lock
        Timer timer = known == null ? byStatus.computeIfAbsent(status, this::timer) : known;
        timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(int status) {
        return Timer.builder("milvuso.http.server.requests")
                .description("Requests that were answered")
                .publishPercentileHistogram()
                .tag("method", method)
                .tag("route", route)
                .tag("status", String.valueOf(status))
                .register(metrics);
    }
}
