package dev.milvuso.benchmarks.cluster;

import dev.milvuso.embedded.EmbeddedRedis;
import dev.milvuso.embedded.EmbeddedServices;
import java.io.IOException;
import java.nio.file.Path;

/** A Redis, child of this process. */
final class RedisService implements Service {
    private final EmbeddedRedis redis;

    RedisService(Path directory) {
        redis = new EmbeddedRedis(EmbeddedServices.binaries(), directory, 0);
        redis.start();
    }

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public int port() {
        return redis.port();
    }

    @Override
    public void kill() throws IOException, InterruptedException {
        Signal.sendToChildren("KILL", "redis-server");
        redis.close();
    }

    @Override
    public void restart() {
        redis.start();
    }

    @Override
    public void freeze() throws IOException, InterruptedException {
        Signal.sendToChildren("STOP", "redis-server");
    }

    @Override
    public void thaw() throws IOException, InterruptedException {
        Signal.sendToChildren("CONT", "redis-server");
    }

    @Override
    public void close() {
        redis.close();
    }
}
