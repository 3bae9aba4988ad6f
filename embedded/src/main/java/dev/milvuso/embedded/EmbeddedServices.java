package dev.milvuso.embedded;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Kafka, PostgreSQL and Redis on free ports, started side by side, each in a folder of one directory. */
public record EmbeddedServices(EmbeddedKafka kafka, EmbeddedPostgres postgres, EmbeddedRedis redis)
        implements AutoCloseable {

    /** Returns when all three answer; if one does not start, the others are stopped again. */
    public static EmbeddedServices start(Path directory) {
        EmbeddedServices services = new EmbeddedServices(
                new EmbeddedKafka(directory.resolve("kafka"), 0),
                new EmbeddedPostgres(binaries(), directory.resolve("postgres"), 0),
                new EmbeddedRedis(binaries(), directory.resolve("redis"), 0));
        var all = CompletableFuture.allOf(
                background(services.kafka::start),
                background(services.postgres::start),
                background(services.redis::start));
        try {
            all.join();
        } catch (CompletionException e) {
            services.close();
            throw new IllegalStateException("the embedded services did not start: " + e.getMessage(), e);
        }
        return services;
    }

    /** Where native binaries are unpacked to, for all data directories of this account. */
    public static Path binaries() {
        return Path.of(System.getProperty("user.home"), ".cache", "milvuso");
    }

    private static CompletableFuture<Void> background(Runnable start) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        start.run();
                        done.complete(null);
                    } catch (RuntimeException e) {
                        done.completeExceptionally(e);
                    }
                },
                "embedded-start");
        thread.setDaemon(true);
        thread.start();
        return done;
    }

    @Override
    public void close() {
        kafka.close();
        redis.close();
        postgres.close();
    }
}
