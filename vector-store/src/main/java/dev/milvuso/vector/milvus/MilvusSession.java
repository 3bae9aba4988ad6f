package dev.milvuso.vector.milvus;

import dev.milvuso.config.MilvusConfig;
import dev.milvuso.vector.Feature;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.common.ConsistencyLevel;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What all calls to one database of a server share: the connection, and what its collections look like. */
final class MilvusSession implements AutoCloseable {
    private final MilvusConfig config;
    private final MilvusConnection connection;
    private final MilvusConnection once;
    private final MilvusCollections collections;
    private final ConsistencyLevel consistency;
    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private volatile @Nullable MilvusVersion version;

    MilvusSession(MilvusConfig config) {
        this.config = config;
        this.connection = new MilvusConnection(config, MilvusConnection.ATTEMPTS);
        this.once = new MilvusConnection(config, MilvusConnection.ONE_ATTEMPT);
        this.collections = new MilvusCollections(config, this::version);
        this.consistency = ConsistencyLevel.valueOf(config.consistencyLevel().toUpperCase(Locale.ROOT));
    }

    MilvusConfig config() {
        return config;
    }

    MilvusCollections collections() {
        return collections;
    }

    ConsistencyLevel consistency() {
        return consistency;
    }

    MilvusVersion version() {
        MilvusVersion asked = version;
        if (asked == null) {
            asked = MilvusVersion.parse(connection.call(MilvusClientV2::getServerVersion));
            version = asked;
        }
        return asked;
    }

    /** @throws UnsupportedOperationException if the server has not got it */
    void demand(Feature feature) {
        feature.demand(version().features(), version().toString());
    }

    /** @throws IllegalArgumentException if there is no such collection or alias */
    Known known(String collection) {
        Known it = known.get(collection);
        if (it == null) {
            it = connection
                    .call(client -> collections.known(client, collection))
                    .orElseThrow(() -> missing(collection));
            // What an alias stands for may be altered by another process at any time.
            if (it.schema().name().equals(collection)) {
                known.put(collection, it);
            }
        }
        return it;
    }

    void forget(String collection) {
        known.remove(collection);
    }

    /** The collection's own name: aliases are not understood everywhere. */
    String real(String collection) {
        return known(collection).schema().name();
    }

    /** A call that concerns no collection. */
    <T> T call(Function<MilvusClientV2, T> request) {
        return connection.call(request);
    }

    <T> T call(String collection, Function<MilvusClientV2, T> request) {
        return call(connection, collection, request);
    }

    /** Of what may have been done although the answer did not come, and must not be done again. */
    <T> T callOnce(String collection, Function<MilvusClientV2, T> request) {
        return call(once, collection, request);
    }

    void run(String collection, Consumer<MilvusClientV2> request) {
        call(collection, client -> {
            request.accept(client);
            return collection;
        });
    }

    /** A collection may have been dropped by another process since it was described here. */
    private <T> T call(MilvusConnection through, String collection, Function<MilvusClientV2, T> request) {
        try {
            return through.call(request);
        } catch (MilvusConnection.NoCollection e) {
            known.remove(collection);
            IllegalArgumentException missing = missing(collection);
            missing.initCause(e);
            throw missing;
        } catch (MilvusConnection.Unreadable e) {
            refuseIfReleased(collection);
            throw e;
        }
    }

    /** Where the server does not say so by itself. */
    void refuseIfReleased(String collection) {
        if (call(collection, client -> !MilvusCollections.isLoaded(client, collection))) {
            throw new IllegalArgumentException(MilvusConnection.NOT_LOADED);
        }
    }

    private static IllegalArgumentException missing(String collection) {
        return new IllegalArgumentException("there is no collection " + collection);
    }

    @Override
    public void close() {
        connection.close();
        once.close();
    }
}
