package dev.milvuso.vector.milvus;

import dev.milvuso.config.MilvusConfig;
import dev.milvuso.vector.Feature;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.common.ConsistencyLevel;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What all calls to one database of a server share: the connection, and what its collections look like. */
final class MilvusSession implements AutoCloseable {
    private final MilvusConfig config;
    private final MilvusConnection connection;
    private final MilvusCollections collections;
    private final ConsistencyLevel consistency;
    private final Map<String, Known> known = new ConcurrentHashMap<>();
    /** Of which a delete was acknowledged without its time, as Milvus 2.3 does: a session cannot wait for that. */
    private final Set<String> untimed = ConcurrentHashMap.newKeySet();

    private volatile @Nullable MilvusVersion version;

    MilvusSession(MilvusConfig config) {
        this.config = config;
        this.connection = new MilvusConnection(config);
        this.collections = new MilvusCollections(config);
        this.consistency = ConsistencyLevel.valueOf(config.consistencyLevel().toUpperCase(Locale.ROOT));
    }

    MilvusConfig config() {
        return config;
    }

    MilvusCollections collections() {
        return collections;
    }

    /** @param collection by its own name */
    ConsistencyLevel consistency(String collection) {
        return consistency == ConsistencyLevel.SESSION && untimed.contains(collection)
                ? ConsistencyLevel.STRONG
                : consistency;
    }

    /** From now on reads of the collection wait for all that was written before them. */
    void untimed(String collection) {
        untimed.add(collection);
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
            it = describe(collection).orElseThrow(() -> missing(collection));
            // What an alias stands for may be altered by another process at any time.
            if (it.schema().name().equals(collection)) {
                known.put(collection, it);
            }
        }
        return it;
    }

    /** As it is now. */
    Optional<Known> describe(String collection) {
        boolean lite = version().lite();
        try {
            return connection.call(client -> collections.known(client, collection, lite));
        } catch (MilvusFailures.NoCollection e) {
            // Dropped by another process while it was described.
            return Optional.empty();
        }
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
        return named(collection, () -> connection.call(request));
    }

    /** Of what may have been done although the answer did not come, and must not be done again. */
    <T> T callOnce(String collection, Function<MilvusClientV2, T> request) {
        return named(collection, () -> connection.callOnce(request));
    }

    /** In the protocol itself: a question, or rows that are the same when they are sent twice. */
    <T> T send(String collection, Function<MilvusProtocol, T> request) {
        return named(collection, () -> connection.send(request));
    }

    <T> T sendOnce(String collection, Function<MilvusProtocol, T> request) {
        return named(collection, () -> connection.sendOnce(request));
    }

    void run(String collection, Consumer<MilvusClientV2> request) {
        call(collection, nothing(request));
    }

    void runOnce(String collection, Consumer<MilvusClientV2> request) {
        callOnce(collection, nothing(request));
    }

    /** What may take longer than one call. */
    void runAtLeisure(String collection, Consumer<MilvusClientV2> request) {
        callAtLeisure(collection, nothing(request));
    }

    <T> T callAtLeisure(String collection, Function<MilvusClientV2, T> request) {
        // Asked for now, since a call that waits for another of its own could wait for ever.
        version();
        return named(collection, () -> connection.callAtLeisure(request));
    }

    private static Function<MilvusClientV2, Boolean> nothing(Consumer<MilvusClientV2> request) {
        return client -> {
            request.accept(client);
            return true;
        };
    }

    /** A collection may have been dropped by another process since it was described here. */
    private <T> T named(String collection, Supplier<T> call) {
        try {
            return call.get();
        } catch (MilvusFailures.NoCollection e) {
            known.remove(collection);
            IllegalArgumentException missing = missing(collection);
            missing.initCause(e);
            throw missing;
        } catch (MilvusFailures.Unreadable e) {
            refuseIfReleased(collection);
            throw e;
        }
    }

    /** Where the server does not say so by itself. */
    void refuseIfReleased(String collection) {
        if (call(collection, client -> !MilvusCollections.isLoaded(client, collection))) {
            throw new IllegalArgumentException(MilvusFailures.NOT_LOADED);
        }
    }

    private static IllegalArgumentException missing(String collection) {
        return new IllegalArgumentException("there is no collection " + collection);
    }

    @Override
    public void close() {
        connection.close();
    }
}
