package dev.milvuso.standalone;

import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigException;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.config.ServerConfig;
import dev.milvuso.embedded.DataDirectoryLock;
import dev.milvuso.embedded.EmbeddedServices;
import dev.milvuso.embedded.FreePorts;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kafka, PostgreSQL and Redis of one data directory, which belongs to this process while they run. */
public final class Infrastructure implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Infrastructure.class);

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
     * @throws ConfigException if a port is taken or cannot be meant
     * @throws IllegalStateException if another process has the directory, or a server does not start
     */
    public static Infrastructure start(Path directory, Config config) {
        Path absolute = directory.toAbsolutePath().normalize();
        requireFree(config.server());
        EmbeddedServices.Ports ports = ports(config);
        DataDirectoryLock lock = DataDirectoryLock.take(absolute);
        try {
            LOG.info("starting Kafka, PostgreSQL and Redis in {}", absolute);
            return new Infrastructure(absolute, lock, EmbeddedServices.start(absolute, ports));
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** The last part to start listens there; nobody should have to wait for all others to hear that it cannot. */
    private static void requireFree(ServerConfig server) {
        if (server.port() != 0 && !FreePorts.isFree(server.host(), server.port())) {
            throw new ConfigException("server.port is " + server.port() + ": another program listens there on "
                    + server.host() + ", choose another with --port, or 0 for a free one");
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
                "online.snapshot_directory=" + directory.resolve("trainer"),
                "registry.instance=standalone");
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
