package dev.milvuso.server.tier.redis;

import dev.milvuso.config.RedisConfig;
import java.time.Duration;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;

/** The pool of connections; the first is made on first use. */
public final class RedisConnections implements AutoCloseable {
    private final RedisClient client;

    private RedisConnections(RedisClient client) {
        this.client = client;
    }

    public static RedisConnections open(RedisConfig config) {
        int timeout = (int) config.timeout().toMillis();
        DefaultJedisClientConfig.Builder client = DefaultJedisClientConfig.builder()
                .connectionTimeoutMillis(timeout)
                .socketTimeoutMillis(timeout);
        if (!config.user().isEmpty()) {
            client.user(config.user());
        }
        if (!config.password().isEmpty()) {
            client.password(config.password());
        }
        GenericObjectPoolConfig<Connection> pool = new GenericObjectPoolConfig<>();
        pool.setMaxTotal(config.poolSize());
        pool.setMaxWait(Duration.ofMillis(timeout));
        pool.setJmxEnabled(false);
        return new RedisConnections(RedisClient.builder()
                .hostAndPort(config.host(), config.port())
                .clientConfig(client.build())
                .poolConfig(pool)
                .build());
    }

    public RedisClient client() {
        return client;
    }

    /** @throws RuntimeException if it does not answer */
    public void ping() {
        client.ping();
    }

    @Override
    public void close() {
        client.close();
    }
}
