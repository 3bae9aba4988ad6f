package dev.milvuso.standalone;

import dev.milvuso.embedded.DataDirectoryLock;
import dev.milvuso.embedded.EmbeddedServices;
import java.nio.file.Path;
import java.util.List;

/** Kafka, PostgreSQL and Redis of one data directory, which belongs to this process while they run. */
public final class Infrastructure implements AutoCloseable {
    private final Path directory;
    private final DataDirectoryLock lock;
    private final EmbeddedServices services;

    private Infrastructure(Path directory, DataDirectoryLock lock, EmbeddedServices services) {
        this.directory = directory;
        this.lock = lock;
        this.services = services;
    }

    /** @throws IllegalStateException if another process has the directory, or a server does not start */
    public static Infrastructure start(Path directory) {
        Path absolute = directory.toAbsolutePath().normalize();
        DataDirectoryLock lock = DataDirectoryLock.take(absolute);
        try {
            return new Infrastructure(absolute, lock, EmbeddedServices.start(absolute));
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** {@code section.key=value} each: with them a configuration leads to these servers and into this directory. */
    public List<String> settings() {
        return List.of(
                "kafka.brokers=" + services.kafka().bootstrap(),
                "postgres.url=" + services.postgres().url(),
                "postgres.user=" + services.postgres().user(),
                "postgres.password=" + services.postgres().password(),
                "redis.host=127.0.0.1",
                "redis.port=" + services.redis().port(),
                "redis.user=",
                "redis.password=",
                "milvus.backend=embedded",
                "joiner.checkpoint_directory=" + directory.resolve("checkpoints"),
                "online.snapshot_directory=" + directory.resolve("trainer"));
    }

    /** Where the embedded vector store keeps its collections. */
    public Path vectors() {
        return directory.resolve("vectors");
    }

    @Override
    public void close() {
        try {
            services.close();
        } finally {
            lock.close();
        }
    }
}
