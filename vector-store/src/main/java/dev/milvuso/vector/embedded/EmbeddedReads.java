package dev.milvuso.vector.embedded;

import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.QueryRequest;
import dev.milvuso.vector.SearchProfile;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.VectorField;
import dev.milvuso.vector.check.CollectionCheck;
import dev.milvuso.vector.check.IndexCheck;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/** What is asked of rows. */
final class EmbeddedReads {
    private final EmbeddedSession session;
    private final LongAdder running = new LongAdder();

    EmbeddedReads(EmbeddedSession session) {
        this.session = session;
    }

    List<Entity> get(String collection, Collection<Id> keys, Output output) {
        EmbeddedCollection it = session.collection(collection);
        it.entityCheck().ids(keys);
        it.requestCheck().query(QueryRequest.everything().output(output));
        return read(it, rows -> rows.get(keys, output));
    }

    List<Entity> query(String collection, QueryRequest request) {
        EmbeddedCollection it = session.collection(collection);
        it.requestCheck().query(request);
        checkPartitions(it, request.partitions());
        return read(it, rows -> rows.query(request));
    }

    Iterator<List<Entity>> iterate(String collection, QueryRequest request, int batch) {
        EmbeddedCollection it = session.collection(collection);
        it.requestCheck().query(request.page(0, batch));
        checkPartitions(it, request.partitions());
        List<Id> keys = read(it, rows -> rows.keys(request.filter(), request.partitions()));
        return new EntityBatches(it, keys, request.output(), batch);
    }

    List<List<Hit>> searchAll(String collection, SearchRequest request) {
        return read(searched(collection, request), rows -> rows.search(request));
    }

    Optional<SearchProfile> profile(String collection, SearchRequest request) {
        return Optional.of(read(searched(collection, request), rows -> rows.profile(request)));
    }

    private EmbeddedCollection searched(String collection, SearchRequest request) {
        EmbeddedCollection it = session.collection(collection);
        VectorField field = it.requestCheck().search(request);
        it.indexes().of(field.name()).ifPresent(spec -> IndexCheck.search(field.name(), spec, request.parameters()));
        checkPartitions(it, request.partitions());
        return it;
    }

    private static void checkPartitions(EmbeddedCollection it, Set<String> partitions) {
        String name = it.schema().name();
        LoadState loads = it.loads();
        CollectionCheck.knownPartitions(name, partitions, it.partitions());
        if (!loads.isNone()) {
            CollectionCheck.loadedPartitions(name, partitions, loads.partitions());
        }
    }

    long count(String collection) {
        return read(session.collection(collection), rows -> rows.count(Optional.empty()));
    }

    long count(String collection, Filter filter) {
        EmbeddedCollection it = session.collection(collection);
        it.requestCheck().filter(filter);
        return read(it, rows -> rows.count(Optional.of(filter)));
    }

    private <T> T read(EmbeddedCollection it, Function<TableReads, T> question) {
        running.increment();
        try {
            return it.read(question);
        } finally {
            running.decrement();
        }
    }

    /** How many are being answered. */
    long running() {
        return Math.max(0, running.sum());
    }
}
