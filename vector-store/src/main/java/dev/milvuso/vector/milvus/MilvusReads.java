package dev.milvuso.vector.milvus;

import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.KeyBatches;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.QueryRequest;
import io.milvus.v2.service.vector.request.QueryReq;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/** Entities read by key and by filter. */
final class MilvusReads {
    static final int KEYS_A_CALL = 1000;
    private static final String COUNT = "count(*)";

    private final MilvusSession session;
    private final MilvusPartitions partitions;

    MilvusReads(MilvusSession session, MilvusPartitions partitions) {
        this.session = session;
        this.partitions = partitions;
    }

    List<Entity> get(String collection, Collection<Id> keys, Output output) {
        Known it = session.known(collection);
        it.entities().ids(keys);
        it.requests().query(QueryRequest.everything().output(output));
        List<Entity> found = new ArrayList<>();
        for (List<Id> part : new KeyBatches(keys, KEYS_A_CALL).all()) {
            String filter = it.dialect().keys(part.stream().map(Id::plain).toList());
            found.addAll(query(collection, it, filter, QueryRequest.everything().output(output)));
        }
        return found;
    }

    List<Entity> query(String collection, QueryRequest request) {
        Known it = session.known(collection);
        it.requests().query(request);
        partitions.check(collection, request.partitions());
        String filter = request.filter().map(it.dialect()::text).orElse("");
        return partitions.reading(collection, request.partitions(), () -> query(collection, it, filter, request));
    }

    private List<Entity> query(String collection, Known it, String filter, QueryRequest request) {
        QueryReq query = QueryReq.builder()
                .collectionName(it.schema().name())
                .partitionNames(List.copyOf(request.partitions()))
                .filter(filter)
                .outputFields(MilvusOutput.names(it.schema(), request.output()))
                .offset(request.offset())
                .limit(request.limit())
                .consistencyLevel(session.consistency(it.schema().name()))
                .build();
        return session.call(collection, client -> client.query(query)).getQueryResults().stream()
                .map(row -> MilvusRows.fromMilvus(it.schema(), row.getEntity()))
                .map(entity -> MilvusOutput.cut(entity, request.output()))
                .toList();
    }

    Iterator<List<Entity>> iterate(String collection, QueryRequest request, int batch) {
        QueryRequest page = request.page(0, batch);
        Known it = session.known(collection);
        return new MilvusBatches(
                part -> query(collection, part), page, it.schema().key().name());
    }

    long count(String collection) {
        return count(collection, "");
    }

    long count(String collection, Filter filter) {
        Known it = session.known(collection);
        it.requests().filter(filter);
        return count(collection, it.dialect().text(filter));
    }

    private long count(String collection, String filter) {
        if (session.version().lite()) {
            session.refuseIfReleased(collection);
        }
        String name = session.real(collection);
        QueryReq request = QueryReq.builder()
                .collectionName(name)
                .filter(filter)
                .outputFields(List.of(COUNT))
                .consistencyLevel(session.consistency(name))
                .build();
        Object count = session.call(collection, client -> client.query(request))
                .getQueryResults()
                .get(0)
                .getEntity()
                .get(COUNT);
        return ((Number) Objects.requireNonNull(count, "Milvus gave no count")).longValue();
    }
}
