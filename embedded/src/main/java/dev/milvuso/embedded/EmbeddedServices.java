package dev.milvuso.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Kafka, PostgreSQL and Redis, started side by side, each in a folder of one directory. One that dies while the others
 * run is started again at the same address.
 */
public final class EmbeddedServices implements AutoCloseable {
    private final EmbeddedKafka kafka;
    private final EmbeddedPostgres postgres;
    private final EmbeddedRedis redis;
    private final Watchdog watchdog;

    private EmbeddedServices(EmbeddedKafka kafka, EmbeddedPostgres postgres, EmbeddedRedis redis) {
        this.kafka = kafka;
        this.postgres = postgres;
        this.redis = redis;
        this.watchdog = new Watchdog(List.of(kafka, postgres, redis));
    }

    /** Where the servers listen; 0 takes a free port. */
    public record Ports(int kafka, int postgres, int redis) {
        public static final Ports FREE = new Ports(0, 0, 0);
    }

    /** On free ports. */
    public static EmbeddedServices start(Path directory) {
        return start(directory, Ports.FREE);
    }

    /**
     * Returns when all three answer.
     *
     * @throws IllegalStateException naming what did not start and why; all are stopped again then
     */
    public static EmbeddedServices start(Path directory, Ports ports) {
        EmbeddedServices services = new EmbeddedServices(
                new EmbeddedKafka(directory.resolve("kafka"), ports.kafka()),
                new EmbeddedPostgres(binaries(), directory.resolve("postgres"), ports.postgres()),
                new EmbeddedRedis(binaries(), directory.resolve("redis"), ports.redis()));
        var all = CompletableFuture.allOf(
                background(services.kafka::start),
                background(services.postgres::start),
                background(services.redis::start));
        try {
            all.join();
            services.watchdog.start();
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            try {
                services.close();
            } catch (RuntimeException again) {
                cause.addSuppressed(again);
            }
            throw new IllegalStateException("the embedded services did not start: " + cause.getMessage(), cause);
        }
        return services;
    }

    /** Where native binaries are unpacked to, for all data directories of this account. */
    public static Path binaries() {
        return Path.of(System.getProperty("user.home"), ".cache", "milvuso");
    }

    private static CompletableFuture<Void> background(Runnable start) {
        return CompletableFuture.runAsync(start, task -> {
            Thread thread = new Thread(task, "embedded-start");
            thread.setDaemon(true);
            thread.start();
        });
    }

    public EmbeddedKafka kafka() {
        return kafka;
    }

    public EmbeddedPostgres postgres() {
        return postgres;
    }

    public EmbeddedRedis redis() {
        return redis;
    }

    @Override
    public void close() {
        watchdog.close();
        try (redis;
                postgres) {
            kafka.close();
        }
    }
}
