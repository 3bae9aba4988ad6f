package dev.milvuso.server.http;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.milvuso.vector.cache.SlowQueries.SlowQuery;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * {@code GET /collections/slow-searches}: the latest searches of this server by {@code /collections} that took
 * {@code server.slow_search} or longer, the newest first. No collection can have that name.
 */
record GetSlowSearches(Duration threshold, Supplier<List<SlowQuery>> latest) implements Handler {
    private static final double NANOS_OF_MILLISECOND = 1e6;

    /** What is answered. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Body(double thresholdMs, List<Slow> searches) {}

    /**
     * @param at as ISO 8601
     * @param shape of the request, without any values
     * @param failure what it failed with, or empty
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Slow(String at, String collection, String shape, double tookMs, String failure) {
        static Slow of(SlowQuery slow) {
            return new Slow(
                    slow.at().toString(), slow.collection(), slow.shape(), milliseconds(slow.took()), slow.failure());
        }
    }

    private static double milliseconds(Duration duration) {
        return duration.toNanos() / NANOS_OF_MILLISECOND;
    }

    @Override
    public void handle(Context context) {
        Parameters.of(context);
        List<Slow> searches = latest.get().stream().map(Slow::of).toList();
        Answers.json(context, 200, new Body(milliseconds(threshold), searches));
    }
}
