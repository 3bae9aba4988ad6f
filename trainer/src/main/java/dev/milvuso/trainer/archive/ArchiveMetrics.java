package dev.milvuso.trainer.archive;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * What the archiver counts.
 *
 * @param records in finished files, by topic
 * @param malformed of them those that could not be understood
 * @param missed records the log had deleted before they were archived
 * @param lag records on the log that are in no finished file
 */
record ArchiveMetrics(
        Function<String, Counter> records, Counter malformed, Counter missed, Counter failures, AtomicLong lag) {
    static ArchiveMetrics of(MeterRegistry metrics) {
        AtomicLong lag = new AtomicLong();
        Gauge.builder("milvuso.archive.lag", lag, AtomicLong::get)
                .description("records on the log that are in no finished file of the archive yet")
                .register(metrics);
        return new ArchiveMetrics(
                topic -> Counter.builder("milvuso.archive.records")
                        .description("records in finished files of the archive")
                        .tag("topic", topic)
                        .register(metrics),
                counter(
                        metrics,
                        "malformed",
                        "archived records that could not be understood: their bytes alone are kept"),
                counter(metrics, "missed", "records that the log had deleted before they were archived"),
                counter(metrics, "failures", "attempts that failed and were begun anew from the archive's listing"),
                lag);
    }

    private static Counter counter(MeterRegistry metrics, String name, String description) {
        return Counter.builder("milvuso.archive." + name)
                .description(description)
                .register(metrics);
    }
}
