package dev.milvuso.vector.milvus;

import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Id;
import io.milvus.grpc.IDs;
import io.milvus.grpc.InsertRequest;
import io.milvus.grpc.MsgBase;
import io.milvus.grpc.MsgType;
import io.milvus.grpc.UpsertRequest;
import io.milvus.v2.service.vector.request.DeleteReq;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Entities inserted, replaced and deleted. */
final class MilvusWrites {
    private final MilvusSession session;
    private final MilvusPartitions partitions;
    private final WriteBatches.Limits limits;

    MilvusWrites(MilvusSession session, MilvusPartitions partitions) {
        this.session = session;
        this.partitions = partitions;
        this.limits = new WriteBatches.Limits(
                session.config().batchRows(),
                session.config().batchBytes(),
                session.config().batchLanes());
    }

    List<Id> insert(String collection, Optional<String> partition, List<Entity> entities) {
        Known it = partitions.writable(collection, partition);
        boolean generated = it.schema().key().generated();
        List<Id> keys = lanes(it.entities().inserted(entities)).write(part -> {
            InsertRequest.Builder rows = InsertRequest.newBuilder()
                    .setBase(MsgBase.newBuilder().setMsgType(MsgType.Insert))
                    .setCollectionName(it.schema().name())
                    .setNumRows(part.size())
                    .addAllFieldsData(MilvusColumns.of(it.schema(), part));
            partition.ifPresent(rows::setPartitionName);
            IDs made = session.writeOnce(collection, writer -> writer.insert(rows.build()))
                    .getIDs();
            return generated
                    ? made.getIntId().getDataList().stream().map(Id::of).toList()
                    : List.of();
        });
        return generated
                ? keys
                : entities.stream().flatMap(entity -> entity.key().stream()).toList();
    }

    void upsert(String collection, Optional<String> partition, List<Entity> entities) {
        Known it = partitions.writable(collection, partition);
        lanes(it.entities().upserted(entities)).write(part -> {
            UpsertRequest.Builder rows = UpsertRequest.newBuilder()
                    .setBase(MsgBase.newBuilder().setMsgType(MsgType.Upsert))
                    .setCollectionName(it.schema().name())
                    .setNumRows(part.size())
                    .addAllFieldsData(MilvusColumns.of(it.schema(), part));
            partition.ifPresent(rows::setPartitionName);
            session.write(collection, writer -> writer.upsert(rows.build()));
            return List.of();
        });
    }

    private WriteLanes lanes(List<Entity> entities) {
        return new WriteLanes(entities, WriteBatches.of(entities, limits));
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
