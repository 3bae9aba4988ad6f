package dev.milvuso.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/** A Redis of 256 MiB at most, child of this process, that keeps its data in a directory. Listens on loopback only. */
public final class EmbeddedRedis implements EmbeddedServer {
    private static final String VERSION = "7.0.15";

    private final Path binaries;
    private final Path directory;
    private final int port;
    private volatile @Nullable ChildProcess process;

    /**
     * @param binaries where the executable is unpacked to, once for all
     * @param directory is made if it is not there
     * @param port 0 takes a free one
     */
    public EmbeddedRedis(Path binaries, Path directory, int port) {
        this.binaries = binaries;
        this.directory = directory.toAbsolutePath().normalize();
        this.port = FreePorts.orFree(port);
    }

    @Override
    public String name() {
        return "Redis";
    }

    @Override
    public boolean hasDied() {
        ChildProcess running = process;
        return running != null && !running.isAlive();
    }

    /** @throws IllegalStateException if its port is in use or it does not answer within 20 s */
    @Override
    public void start() {
        FreePorts.await("Redis", port);
        Platform platform = Platform.current();
        Path server = Binaries.executable(
                binaries,
                "redis-server-" + VERSION + "-" + platform.system() + (platform.isArm() ? "-arm64" : "-amd64"));
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + directory, e);
        }
        Patience patience = new Patience(Duration.ofSeconds(20));
        ChildProcess started = launch(server);
        process = started;
        while (!(started.isAlive() && isOurs())) {
            patience.pauseOrGiveUp("Redis on port " + port + " did not start: " + started.lastWords());
            if (!started.isAlive()) {
                // The one of a process that was killed a moment ago may still hold the port.
                started = launch(server);
                process = started;
            }
        }
    }

    public int port() {
        return port;
    }

    private ChildProcess launch(Path server) {
        return ChildProcess.start(
                "TERM",
                "KILL",
                directory.resolve("redis.log"),
                List.of(
                        server.toString(),
                        "--bind",
                        "127.0.0.1",
                        "--port",
                        String.valueOf(port),
                        "--dir",
                        directory.toString(),
                        "--appendonly",
                        "yes",
                        "--maxmemory",
                        "256mb",
                        "--maxmemory-policy",
                        "allkeys-lru"));
    }

    private boolean isOurs() {
        try (Jedis redis = new Jedis("127.0.0.1", port)) {
            return directory
                    .toRealPath()
                    .toString()
                    .equals(redis.configGet("dir").get("dir"));
        } catch (JedisException e) {
            return false; // not listening yet, or still loading its data
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + directory, e);
        }
    }

    @Override
    public void close() {
        ChildProcess running = process;
        process = null;
        if (running != null) {
            running.close();
        }
    }
}
