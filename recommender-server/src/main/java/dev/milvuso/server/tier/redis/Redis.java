package dev.milvuso.server.tier.redis;

import dev.milvuso.component.Unavailable;
import dev.milvuso.config.RedisConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

/** A pool of connections to Redis; the first is made on first use. */
public final class Redis implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Redis.class);
    private static final int WARM_UPS = 10;

    /** A key that nobody writes. */
    private static final byte[] WARM_UP = "milvuso:warm-up".getBytes(StandardCharsets.UTF_8);

    private final RedisClient client;

    public Redis(RedisConfig config) {
        int timeout = (int) config.timeout().toMillis();
        DefaultJedisClientConfig.Builder settings = DefaultJedisClientConfig.builder()
                .connectionTimeoutMillis(timeout)
                .socketTimeoutMillis(timeout);
        if (!config.user().isEmpty()) {
            settings.user(config.user());
        }
        if (!config.password().isEmpty()) {
            settings.password(config.password());
        }
        GenericObjectPoolConfig<Connection> pool = new GenericObjectPoolConfig<>();
        pool.setMaxTotal(config.poolSize());
        pool.setMaxWait(Duration.ofMillis(timeout));
        pool.setJmxEnabled(false);
        client = RedisClient.builder()
                .hostAndPort(config.host(), config.port())
                .clientConfig(settings.build())
                .poolConfig(pool)
                .build();
    }

    public RedisClient client() {
        return client;
    }

    /** @throws Unavailable if it does not answer in time */
    public void ping() {
        try {
            client.ping();
        } catch (JedisException e) {
            throw new Unavailable("redis", "Redis does not answer", e);
        }
    }

    /**
     * Connects and asks for something, a few times at most: in a process that has just begun the first connection may
     * take longer than a request may wait. What is away costs no more than a few times {@code redis.timeout}.
     */
    public void warmUp() {
        for (int i = 0; i < WARM_UPS; i++) {
            try {
                client.get(WARM_UP);
                client.hget(WARM_UP, WARM_UP);
                return;
            } catch (JedisException e) {
                LOG.debug("Redis is not warm yet", e);
            }
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
