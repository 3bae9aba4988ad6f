package dev.milvuso.standalone;

import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigException;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.embedded.DataDirectoryLock;
import dev.milvuso.embedded.EmbeddedServices;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    /**
     * Starts the servers on the ports that the configuration names, and on free ones where it says nothing of its own.
     *
     * @throws IllegalStateException if another process has the directory, or a server does not start
     */
    public static Infrastructure start(Path directory, Config config) {
        Path absolute = directory.toAbsolutePath().normalize();
        DataDirectoryLock lock = DataDirectoryLock.take(absolute);
        try {
            return new Infrastructure(absolute, lock, EmbeddedServices.start(absolute, ports(config)));
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static EmbeddedServices.Ports ports(Config config) {
        Config shipped = ConfigLoader.defaults();
        String brokers = config.kafka().brokers();
        String postgres = config.postgres().url();
        int redis = config.redis().port();
        return new EmbeddedServices.Ports(
                brokers.equals(shipped.kafka().brokers()) ? 0 : portOf("kafka.brokers", brokers),
                postgres.equals(shipped.postgres().url()) ? 0 : portOf("postgres.url", postgres),
                redis == shipped.redis().port() ? 0 : redis);
    }

    private static int portOf(String key, String address) {
        Matcher port = Pattern.compile("(?:127\\.0\\.0\\.1|localhost):(\\d{1,5})(?:/milvuso)?$")
                .matcher(address);
        if (!port.find()) {
            throw new ConfigException(
                    key + " is \"" + address
                            + "\": standalone starts its own on loopback, so it must be on 127.0.0.1; leave it out for a free port");
        }
        return Integer.parseInt(port.group(1));
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
