package dev.milvuso.server;

import dev.milvuso.config.Config;
import dev.milvuso.kafka.DeadLetters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.util.List;
import java.util.function.Consumer;

/** What is measured of the process, and what has its place in {@code /metrics} before it first happens. */
final class Meters {
    private Meters() {}

    /** @param closing given what must be closed */
    static void bind(MeterRegistry metrics, Config config, Consumer<AutoCloseable> closing) {
        JvmGcMetrics garbage = new JvmGcMetrics();
        closing.accept(garbage);
        garbage.bindTo(metrics);
        new JvmMemoryMetrics().bindTo(metrics);
        new JvmThreadMetrics().bindTo(metrics);
        new ClassLoaderMetrics().bindTo(metrics);
        new ProcessorMetrics().bindTo(metrics);
        new FileDescriptorMetrics().bindTo(metrics);
        new UptimeMetrics().bindTo(metrics);
        DeadLetters.counter(metrics, config.kafka().embeddingTopic());
        counter(metrics, "milvuso.actions.accepted", "Actions that the log has durably, by their 202");
        counter(metrics, "milvuso.impressions.dropped", "Served lists that could not be logged as shown");
        counter(
                metrics,
                "milvuso.redis.writes.dropped",
                "Vectors and lists that were not written to Redis because too many waited");
        for (String tier : List.of("memory", "redis", "milvus")) {
            served(metrics, tier, "personal");
            for (String result : List.of("hit", "miss", "error")) {
                counter(
                        metrics,
                        "milvuso.cache.requests",
                        "What a tier was asked for: it had it, had it not, or did not answer",
                        "tier",
                        tier,
                        "result",
                        result);
            }
        }
        served(metrics, "fallback", "popular");
    }

    private static void served(MeterRegistry metrics, String tier, String source) {
        String description = "Lists that were served, by the slowest tier that was needed";
        counter(metrics, "milvuso.recommendations.served", description, "tier", tier, "source", source);
    }

    /** What asks for the counter later gets this one, with its description. */
    private static void counter(MeterRegistry metrics, String name, String description, String... tags) {
        Counter.builder(name).description(description).tags(tags).register(metrics);
    }
}
