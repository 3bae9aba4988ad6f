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
import dev.milvuso.vector.check.IndexCheck;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** What is asked of rows. */
final class EmbeddedReads {
    private final EmbeddedSession session;

    EmbeddedReads(EmbeddedSession session) {
        this.session = session;
    }

    List<Entity> get(String collection, Collection<Id> keys, Output output) {
        EmbeddedCollection it = session.readable(collection);
        it.entityCheck().ids(keys);
        it.requestCheck().query(QueryRequest.everything().output(output));
        return it.get(keys, output);
    }

    List<Entity> query(String collection, QueryRequest request) {
        EmbeddedCollection it = session.readable(collection);
        it.requestCheck().query(request);
        EmbeddedSession.checkPartitions(it, request.partitions());
        return it.query(request);
    }

    Iterator<List<Entity>> iterate(String collection, QueryRequest request, int batch) {
        EmbeddedCollection it = session.readable(collection);
        it.requestCheck().query(request.page(0, batch));
        EmbeddedSession.checkPartitions(it, request.partitions());
        return new EntityBatches(it, it.keys(request.filter(), request.partitions()), request.output(), batch);
    }

    List<List<Hit>> searchAll(String collection, SearchRequest request) {
        return searched(collection, request).search(request);
    }

    Optional<SearchProfile> profile(String collection, SearchRequest request) {
        return Optional.of(searched(collection, request).profile(request));
    }

    private EmbeddedCollection searched(String collection, SearchRequest request) {
        EmbeddedCollection it = session.readable(collection);
        VectorField field = it.requestCheck().search(request);
        it.indexes().of(field.name()).ifPresent(spec -> IndexCheck.search(field.name(), spec, request.parameters()));
        EmbeddedSession.checkPartitions(it, request.partitions());
        return it;
    }

    long count(String collection) {
        return session.readable(collection).count(Optional.empty());
    }

    long count(String collection, Filter filter) {
        EmbeddedCollection it = session.readable(collection);
        it.requestCheck().filter(filter);
        return it.count(Optional.of(filter));
    }
}
