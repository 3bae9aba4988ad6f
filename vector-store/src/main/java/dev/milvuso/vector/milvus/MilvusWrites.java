package dev.milvuso.vector.milvus;

import com.google.gson.JsonObject;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Id;
import io.milvus.v2.service.vector.request.DeleteReq;
import io.milvus.v2.service.vector.request.InsertReq;
import io.milvus.v2.service.vector.request.UpsertReq;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Entities inserted, replaced and deleted. */
final class MilvusWrites {
    private final MilvusSession session;
    private final MilvusPartitions partitions;

    MilvusWrites(MilvusSession session, MilvusPartitions partitions) {
        this.session = session;
        this.partitions = partitions;
    }

    List<Id> insert(String collection, Optional<String> partition, List<Entity> entities) {
        Known it = partitions.writable(collection, partition);
        WriteBatches batches = new WriteBatches(it.entities().inserted(entities));
        List<Id> keys = batches.write(part -> {
            InsertReq.InsertReqBuilder request =
                    InsertReq.builder().collectionName(it.schema().name()).data(rows(it, part));
            partition.ifPresent(request::partitionName);
            return session.callOnce(collection, client -> client.insert(request.build())).getPrimaryKeys().stream()
                    .map(MilvusRows::key)
                    .toList();
        });
        return it.schema().key().generated()
                ? keys
                : entities.stream().flatMap(entity -> entity.key().stream()).toList();
    }

    void upsert(String collection, Optional<String> partition, List<Entity> entities) {
        Known it = partitions.writable(collection, partition);
        WriteBatches batches = new WriteBatches(it.entities().upserted(entities));
        batches.write(part -> {
            UpsertReq.UpsertReqBuilder request =
                    UpsertReq.builder().collectionName(it.schema().name()).data(rows(it, part));
            partition.ifPresent(request::partitionName);
            session.call(collection, client -> client.upsert(request.build()));
            return List.of();
        });
    }

    private static List<JsonObject> rows(Known it, List<Entity> entities) {
        return entities.stream()
                .map(entity -> MilvusRows.toMilvus(it.schema(), entity))
                .toList();
    }

    void deleteKeys(String collection, Collection<Id> keys) {
        Known it = session.known(collection);
        it.entities().ids(keys);
        for (List<Object> part : MilvusReads.values(keys)) {
            delete(collection, it.dialect().text(it.dialect().in(part)));
        }
    }

    void deleteWhere(String collection, Filter filter) {
        Known it = session.known(collection);
        it.requests().filter(filter);
        delete(collection, it.dialect().text(filter));
    }

    void truncate(String collection) {
        Known it = session.known(collection);
        delete(collection, it.dialect().text(new Filter.And(List.of())));
    }

    private void delete(String collection, String filter) {
        DeleteReq request = DeleteReq.builder()
                .collectionName(session.real(collection))
                .filter(filter)
                .build();
        session.call(collection, client -> client.delete(request));
    }
}
