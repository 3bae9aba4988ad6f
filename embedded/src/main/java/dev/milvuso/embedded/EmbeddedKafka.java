package dev.milvuso.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/** A Kafka broker and its KRaft controller in this process, with a persistent log. Listens on loopback only. */
public final class EmbeddedKafka implements EmbeddedServer {
    /** Enough for the first segments and their indexes. */
    private static final long LEAST_SPACE = 32L << 20;

    private final Path directory;
    private final int port;
    private final int advertised;
    private @Nullable KafkaRaftServer server;
    private volatile boolean died;

    /**
     * @param directory is made and formatted if it is not there
     * @param port 0 takes a free one
     */
    public EmbeddedKafka(Path directory, int port) {
        this(directory, port, 0);
    }

    /** @param advertised the port of a proxy on loopback that clients are sent to; 0 for none */
    public EmbeddedKafka(Path directory, int port, int advertised) {
        this.directory = directory.toAbsolutePath().normalize();
        this.port = FreePorts.orFree(port);
        this.advertised = advertised == 0 ? this.port : advertised;
    }

    @Override
    public String name() {
        return "Kafka";
    }

    @Override
    public boolean hasDied() {
        return died;
    }

    /**
     * Returns when the broker takes requests.
     *
     * @throws IllegalStateException if its port is in use or there is no space for its log
     */
    @Override
    public synchronized void start() {
        surviveItsEnd();
        stop();
        FreePorts.await("Kafka", port);
        format();
        requireSpace();
        KafkaRaftServer starting = new KafkaRaftServer(new KafkaConfig(settings(), false), Time.SYSTEM);
        server = starting;
        starting.startup();
        died = false;
    }

    /**
     * A broker whose disk is full or fails ends its process, which here is everybody's: lists are served all the same,
     * and the broker can be started again.
     */
    private void surviveItsEnd() {
        Exit.Procedure survive = (status, message) -> {
            died = true;
            throw new IllegalStateException(
                    "Kafka ends: its log in " + directory + " cannot be written, is the disk full?");
        };
        Exit.setHaltProcedure(survive);
        Exit.setExitProcedure(survive);
    }

    private void requireSpace() {
        try {
            long free = Files.getFileStore(directory).getUsableSpace();
            if (free < LEAST_SPACE) {
                throw new IllegalStateException("the disk is full: Kafka needs " + (LEAST_SPACE >> 20) + " MiB free in "
                        + directory + " to begin");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Kafka's directory " + directory + " cannot be looked at", e);
        }
    }

    /** {@code host:port}. */
    public String bootstrap() {
        return "127.0.0.1:" + port;
    }

    private void format() {
        if (Files.exists(directory.resolve("meta.properties"))) {
            return;
        }
        try {
            Files.createDirectories(directory);
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(1)
                    .setDirectories(Set.of(directory.toString()))
                    .setMetadataLogDirectory(directory.toString())
                    .setControllerListenerName("CONTROLLER")
                    .setUnstableFeatureVersionsEnabled(false)
                    .setIgnoreFormatted(true)
                    .run();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot format Kafka's directory " + directory, e);
        } catch (Exception e) {
            throw new IllegalStateException("cannot format Kafka's directory " + directory + ": " + e.getMessage(), e);
        }
    }

    private Map<String, Object> settings() {
        int controllerPort = FreePorts.orFree(0);
        Map<String, Object> settings = new HashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        settings.put("listeners", "PLAINTEXT://" + bootstrap() + ",CONTROLLER://127.0.0.1:" + controllerPort);
        settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + advertised);
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("inter.broker.listener.name", "PLAINTEXT");
        settings.put("log.dirs", directory.toString());
        settings.put("auto.create.topics.enable", "false");
        settings.put("group.initial.rebalance.delay.ms", "0");
        // A broker that comes back after kill -9 waits until its own old session has ended; the default is 9 s.
        settings.put("broker.session.timeout.ms", "3000");
        settings.put("broker.heartbeat.interval.ms", "500");
        // Downtime longer than a transaction's timeout loses what a checkpoint had committed in advance.
        settings.put(
                "transaction.max.timeout.ms", String.valueOf(Duration.ofDays(7).toMillis()));
        oneOfEach(settings);
        small(settings);
        return settings;
    }

    private static void oneOfEach(Map<String, Object> settings) {
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "4");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("share.coordinator.state.topic.num.partitions", "1");
    }

    /** The defaults are a dedicated machine's: the log cleaner's buffer alone takes 128 MiB of heap. */
    private static void small(Map<String, Object> settings) {
        settings.put("log.cleaner.dedupe.buffer.size", String.valueOf(8 << 20));
        settings.put("log.cleaner.io.buffer.size", "65536");
        // A new segment's two index files have this size each, though most of it is a hole.
        settings.put("log.index.size.max.bytes", String.valueOf(2 << 20));
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        settings.put("background.threads", "2");
    }

    @Override
    public synchronized void close() {
        stop();
        died = false;
    }

    private void stop() {
        KafkaRaftServer running = server;
        server = null;
        if (running != null) {
            running.shutdown();
            running.awaitShutdown();
        }
    }
}
