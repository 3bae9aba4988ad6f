package dev.milvuso.vector.milvus;

import dev.milvuso.component.Unavailable;
import dev.milvuso.config.MilvusConfig;
import io.milvus.v2.client.ConnectConfig;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.client.RetryConfig;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A server's connections, taken in turn, each made by the first call that needs it. While Milvus cannot be reached,
 * callers are told so at once for a moment after each attempt, so that threads do not queue up to wait for the same
 * timeout.
 */
final class MilvusClients implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final RetryConfig ONCE =
            RetryConfig.builder().maxRetryTimes(1).build();

    /**
     * To one server.
     *
     * @param client for everything but writes of rows, and what it has no call for
     */
    record Client(MilvusClientV2 client, MilvusProtocol protocol) implements AutoCloseable {
        @Override
        public void close() {
            protocol.close();
            client.close();
        }
    }

    private final MilvusConfig config;
    private final @Nullable Client[] clients;
    private int turn;
    private @Nullable Unavailable failure;
    private long failedAt;
    private boolean closed;

    MilvusClients(MilvusConfig config) {
        this.config = config;
        this.clients = new Client[config.poolSize()];
    }

    /** @throws Unavailable if it cannot be made */
    synchronized Client next() {
        if (closed) {
            throw new IllegalStateException("the vector store is closed");
        }
        turn = (turn + 1) % clients.length;
        Client client = clients[turn];
        if (client != null) {
            return client;
        }
        if (failure != null && System.nanoTime() - failedAt < PAUSE.toNanos()) {
            throw new Unavailable(MilvusFailures.DEPENDENCY, String.valueOf(failure.getMessage()), failure);
        }
        try {
            Client made = connect();
            clients[turn] = made;
            failure = null;
            return made;
        } catch (RuntimeException e) {
            failure = new Unavailable(
                    MilvusFailures.DEPENDENCY,
                    "Milvus at " + config.address() + " cannot be connected to: " + MilvusFailures.reason(e),
                    e);
            failedAt = System.nanoTime();
            throw failure;
        }
    }

    private Client connect() {
        ConnectConfig.ConnectConfigBuilder builder = ConnectConfig.builder()
                .uri(config.address())
                .connectTimeoutMs(config.connectTimeout().toMillis())
                .keepAliveTimeMs(config.keepAlive().toMillis())
                .rpcDeadlineMs(config.callTimeout().toMillis());
        if (!config.token().isEmpty()) {
            builder.token(config.token());
        } else if (!config.user().isEmpty()) {
            builder.username(config.user()).password(config.password());
        }
        if (!config.database().isEmpty()) {
            builder.dbName(config.database());
        }
        security(builder);
        ConnectConfig connection = builder.build();
        MilvusClientV2 connected = new MilvusClientV2(connection);
        // What is repeated, and until when, is said elsewhere.
        connected.retryConfig(ONCE);
        return new Client(connected, new MilvusProtocol(connection, ONCE, config.database()));
    }

    private void security(ConnectConfig.ConnectConfigBuilder builder) {
        if (!config.tlsCertificate().isEmpty()) {
            builder.caPemPath(config.tlsCa())
                    .clientPemPath(config.tlsCertificate())
                    .clientKeyPath(config.tlsKey());
        } else if (!config.tlsCa().isEmpty()) {
            builder.serverPemPath(config.tlsCa());
        }
        if (!config.tlsCa().isEmpty() || !config.tlsServerName().isEmpty()) {
            // The SDK does not take the address's own name by itself.
            builder.serverName(
                    config.tlsServerName().isEmpty()
                            ? URI.create(config.address()).getHost()
                            : config.tlsServerName());
        }
    }

    /** Connections are made anew: one that lost its server asks for it ever more rarely. */
    synchronized void renew() {
        for (Client client : clients) {
            if (client != null) {
                client.close();
            }
        }
        Arrays.fill(clients, null);
    }

    @Override
    public synchronized void close() {
        closed = true;
        renew();
    }
}
