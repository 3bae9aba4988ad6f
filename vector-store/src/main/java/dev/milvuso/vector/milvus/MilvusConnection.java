package dev.milvuso.vector.milvus;

import dev.milvuso.component.Unavailable;
import dev.milvuso.config.MilvusConfig;
import io.milvus.v2.client.ConnectConfig;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.client.RetryConfig;
import io.milvus.v2.exception.ErrorCode;
import io.milvus.v2.exception.MilvusClientException;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The client, made by the first call that needs it, and what its failures mean. While Milvus cannot be reached, callers
 * are told so at once for a moment after each attempt, so that threads do not queue up to wait for the same timeout.
 */
final class MilvusConnection implements AutoCloseable {
    /** As in {@code GET /health}. */
    private static final String DEPENDENCY = "milvus";

    private static final Duration PAUSE = Duration.ofSeconds(1);

    /**
     * The SDK repeats a call only when the channel broke or the server shed load, never after the deadline. Most calls
     * may be repeated: rows are replaced and deleted by id, collections made and dropped by name.
     */
    static final int ATTEMPTS = 3;

    /** Of calls that may have been done although the answer did not come, such as an insert. */
    static final int ONE_ATTEMPT = 1;

    static final String NOT_LOADED = "the collection is not loaded: load it first";

    private static final int COLLECTION_NOT_FOUND = 100;
    private static final int COLLECTION_NOT_LOADED = 101;
    private static final int FIRST_BAD_PARAMETER = 1100;
    private static final int LAST_BAD_PARAMETER = 1199;

    /**
     * The SDK's words for a refusal by Milvus Lite, whose codes it does not know, and for a missing collection there.
     */
    private static final String MISSING_IN_LITE = "doesn't exist in database";

    private static final String UNREADABLE = "unknown enum value";

    private final MilvusConfig config;
    private final int attempts;
    private @Nullable MilvusClientV2 client;
    private @Nullable Unavailable failure;
    private long failedAt;
    private volatile boolean closed;

    MilvusConnection(MilvusConfig config, int attempts) {
        this.config = config;
        this.attempts = attempts;
    }

    /**
     * @throws Unavailable if Milvus does not answer in time or cannot serve this now
     * @throws NoCollection if the call names a collection that is not there
     * @throws IllegalArgumentException if Milvus finds the call itself wrong
     */
    <T> T call(Function<MilvusClientV2, T> request) {
        MilvusClientV2 connected = client();
        try {
            return request.apply(connected);
        } catch (MilvusClientException e) {
            throw meaning(e);
        }
    }

    private synchronized MilvusClientV2 client() {
        if (closed) {
            throw new IllegalStateException("the vector store is closed");
        }
        if (client != null) {
            return client;
        }
        if (failure != null && System.nanoTime() - failedAt < PAUSE.toNanos()) {
            throw new Unavailable(DEPENDENCY, String.valueOf(failure.getMessage()), failure);
        }
        try {
            client = connect();
            failure = null;
            return client;
        } catch (RuntimeException e) {
            failure = new Unavailable(
                    DEPENDENCY, "Milvus at " + config.address() + " cannot be connected to: " + e.getMessage(), e);
            failedAt = System.nanoTime();
            throw failure;
        }
    }

    private MilvusClientV2 connect() {
        ConnectConfig.ConnectConfigBuilder builder = ConnectConfig.builder()
                .uri(config.address())
                .connectTimeoutMs(config.connectTimeout().toMillis())
                .rpcDeadlineMs(config.callTimeout().toMillis());
        if (!config.token().isEmpty()) {
            builder.token(config.token());
        } else if (!config.user().isEmpty()) {
            builder.username(config.user()).password(config.password());
        }
        if (!config.database().isEmpty()) {
            builder.dbName(config.database());
        }
        MilvusClientV2 connected = new MilvusClientV2(builder.build());
        connected.retryConfig(RetryConfig.builder()
                .maxRetryTimes(attempts)
                .initialBackOffMs(20)
                .maxBackOffMs(200)
                .maxRetryTimeoutMs(config.callTimeout().toMillis())
                .build());
        return connected;
    }

    private RuntimeException meaning(MilvusClientException e) {
        int code = e.getServerErrCode();
        boolean missing = code == COLLECTION_NOT_FOUND || e.getErrorCode() == ErrorCode.COLLECTION_NOT_FOUND;
        if (missing || String.valueOf(e.getMessage()).contains(MISSING_IN_LITE)) {
            return new NoCollection(e);
        }
        if (code == COLLECTION_NOT_LOADED) {
            return new IllegalArgumentException(NOT_LOADED, e);
        }
        boolean misread = String.valueOf(e.getMessage()).contains("cannot parse expression");
        if (misread
                || e.getErrorCode() == ErrorCode.INVALID_PARAMS
                || (code >= FIRST_BAD_PARAMETER && code <= LAST_BAD_PARAMETER)) {
            return new IllegalArgumentException("Milvus refuses the call: " + e.getMessage(), e);
        }
        if (String.valueOf(e.getMessage()).contains(UNREADABLE)) {
            return new Unreadable(e);
        }
        return new Unavailable(
                DEPENDENCY, "Milvus at " + config.address() + " does not serve this now: " + e.getMessage(), e);
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (client != null) {
            client.close();
            client = null;
        }
    }

    /** The call is refused, and the SDK does not say why. */
    static final class Unreadable extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        Unreadable(MilvusClientException cause) {
            super("Milvus refuses the call; the SDK logs the reason", cause);
        }
    }

    /** The collection is not there. */
    static final class NoCollection extends RuntimeException {
        private static final long serialVersionUID = 1;

        NoCollection(MilvusClientException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
