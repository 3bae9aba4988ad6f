package dev.milvuso.server;

import dev.milvuso.config.Config;
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
        metrics.counter("milvuso.actions.accepted");
        metrics.counter("milvuso.dlq.records", "topic", config.kafka().embeddingTopic());
        for (String tier : List.of("memory", "redis", "milvus")) {
            metrics.counter("milvuso.recommendations.served", "tier", tier, "source", "personal");
        }
        metrics.counter("milvuso.recommendations.served", "tier", "fallback", "source", "popular");
    }
}
