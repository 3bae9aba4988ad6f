package dev.milvuso.component;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;

/** What a process says of itself: memory, garbage collection, threads, CPU, files and age. */
public final class ProcessMetrics implements AutoCloseable {
    private final JvmGcMetrics collections = new JvmGcMetrics();

    /** Collections are listened to until this is closed. */
    public void bindTo(MeterRegistry metrics) {
        collections.bindTo(metrics);
        new JvmMemoryMetrics().bindTo(metrics);
        new JvmThreadMetrics().bindTo(metrics);
        new ProcessorMetrics().bindTo(metrics);
        new FileDescriptorMetrics().bindTo(metrics);
        new UptimeMetrics().bindTo(metrics);
    }

    @Override
    public void close() {
        collections.close();
    }
}
