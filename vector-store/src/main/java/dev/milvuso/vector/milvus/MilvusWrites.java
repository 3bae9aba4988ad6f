package dev.milvuso.vector.milvus;

import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.KeyBatches;
import io.milvus.grpc.DeleteRequest;
import io.milvus.grpc.InsertRequest;
import io.milvus.grpc.MsgBase;
import io.milvus.grpc.MsgType;
import io.milvus.grpc.UpsertRequest;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Entities inserted, replaced and deleted. */
final class MilvusWrites {
    private static final Id LARGEST = Id.of(Long.MAX_VALUE);

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
        List<Entity> complete = it.entities().inserted(entities);
        boolean generated = it.schema().key().generated();
        if (!generated) {
            refuseLostKey(complete);
        }
        List<Id> keys = lanes(complete).write(part -> {
            List<Id> made = insert(it, collection, partition, part);
            return generated ? made : List.of();
        });
        return generated ? keys : keys(complete);
    }

    private List<Id> insert(Known it, String collection, Optional<String> partition, List<Entity> part) {
        InsertRequest.Builder rows = InsertRequest.newBuilder()
                .setBase(MsgBase.newBuilder().setMsgType(MsgType.Insert))
                .setCollectionName(it.schema().name())
                .setNumRows(part.size())
                .addAllFieldsData(MilvusColumns.of(it.schema(), part));
        partition.ifPresent(rows::setPartitionName);
        return session
                .sendOnce(collection, server -> server.insert(rows.build()))
                .getIDs()
                .getIntId()
                .getDataList()
                .stream()
                .map(Id::of)
                .toList();
    }

    void upsert(String collection, Optional<String> partition, List<Entity> entities) {
        Known it = partitions.writable(collection, partition);
        List<Entity> complete = it.entities().upserted(entities);
        refuseLostKey(complete);
        boolean inTwo =
                it.schema().partitionKey().isPresent() && session.version().misplacesUpserts();
        lanes(complete).write(part -> {
            if (inTwo) {
                // Who reads in between misses the rows; who is cut off in between is told that they are not stored.
                deleteKeys(collection, it, keys(part));
                insert(it, collection, partition, part);
            } else {
                upsert(it, collection, partition, part);
            }
            return List.of();
        });
    }

    private void upsert(Known it, String collection, Optional<String> partition, List<Entity> part) {
        UpsertRequest.Builder rows = UpsertRequest.newBuilder()
                .setBase(MsgBase.newBuilder().setMsgType(MsgType.Upsert))
                .setCollectionName(it.schema().name())
                .setNumRows(part.size())
                .addAllFieldsData(MilvusColumns.of(it.schema(), part));
        partition.ifPresent(rows::setPartitionName);
        session.send(collection, server -> server.upsert(rows.build()));
    }

    private static List<Id> keys(List<Entity> entities) {
        return entities.stream().flatMap(entity -> entity.key().stream()).toList();
    }

    /** @throws IllegalArgumentException if a row has a key that this server takes and never gives back */
    private void refuseLostKey(List<Entity> entities) {
        if (session.version().losesLargestKey()
                && entities.stream().anyMatch(entity -> entity.key().equals(Optional.of(LARGEST)))) {
            throw new IllegalArgumentException(
                    "key " + LARGEST + ": " + session.version() + " never gives back a row with it: must be less");
        }
    }

    private WriteLanes lanes(List<Entity> entities) {
        return new WriteLanes(entities, WriteBatches.of(entities, limits));
    }

    void deleteKeys(String collection, Collection<Id> keys) {
        Known it = session.known(collection);
        it.entities().ids(keys);
        deleteKeys(collection, it, keys);
    }

    private void deleteKeys(String collection, Known it, Collection<Id> keys) {
        new KeyBatches(keys, MilvusReads.KEYS_A_CALL)
                .delete(part -> delete(
                        collection,
                        it.dialect().keys(part.stream().map(Id::plain).toList())));
    }

    void deleteWhere(String collection, Filter filter) {
        Known it = session.known(collection);
        it.requests().filter(filter);
        delete(collection, it.dialect().text(filter));
    }

    void truncate(String collection) {
        Known it = session.known(collection);
        // Otherwise the rows of the others would stay, and nobody would know.
        partitions.requireWhole(collection);
        delete(collection, it.dialect().text(new Filter.And(List.of())));
    }

    private void delete(String collection, String filter) {
        String name = session.real(collection);
        DeleteRequest rows = DeleteRequest.newBuilder()
                .setBase(MsgBase.newBuilder().setMsgType(MsgType.Delete))
                .setCollectionName(name)
                .setExpr(filter)
                .build();
        if (session.send(collection, server -> server.delete(rows)).getTimestamp() == 0) {
            session.untimed(name);
        }
    }
}
