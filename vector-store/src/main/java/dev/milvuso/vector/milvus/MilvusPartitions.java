package dev.milvuso.vector.milvus;

import dev.milvuso.vector.Feature;
import dev.milvuso.vector.Names;
import dev.milvuso.vector.check.CollectionCheck;
import io.milvus.v2.service.partition.request.CreatePartitionReq;
import io.milvus.v2.service.partition.request.DropPartitionReq;
import io.milvus.v2.service.partition.request.ListPartitionsReq;
import io.milvus.v2.service.partition.request.ReleasePartitionsReq;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Partitions of collections. */
final class MilvusPartitions {
    private final MilvusSession session;

    MilvusPartitions(MilvusSession session) {
        this.session = session;
    }

    void create(String collection, String partition) {
        Names.checked("partition", partition);
        String name = partitioned(collection).schema().name();
        if (!of(collection).contains(partition)) {
            session.run(
                    collection,
                    client -> client.createPartition(CreatePartitionReq.builder()
                            .collectionName(name)
                            .partitionName(partition)
                            .build()));
        }
    }

    /** Of one with a partition key they are the server's own affair. */
    private Known partitioned(String collection) {
        Known it = session.known(collection);
        CollectionCheck.namedPartitions(collection, it.schema());
        return it;
    }

    void drop(String collection, String partition) {
        String name = partitioned(collection).schema().name();
        CollectionCheck.droppablePartition(partition);
        if (of(collection).contains(partition)) {
            boolean lite = session.version().lite();
            session.run(collection, client -> {
                if (!lite) {
                    client.releasePartitions(ReleasePartitionsReq.builder()
                            .collectionName(name)
                            .partitionNames(List.of(partition))
                            .build());
                }
                client.dropPartition(DropPartitionReq.builder()
                        .collectionName(name)
                        .partitionName(partition)
                        .build());
            });
        }
    }

    List<String> of(String collection) {
        String name = session.real(collection);
        return session
                .call(
                        collection,
                        client -> client.listPartitions(
                                ListPartitionsReq.builder().collectionName(name).build()))
                .stream()
                .sorted()
                .toList();
    }

    void load(String collection, String partition) {
        String name = loadable(collection, partition).schema().name();
        session.runAtLeisure(collection, client -> session.collections().load(client, name, Set.of(partition)));
    }

    void release(String collection, String partition) {
        String name = loadable(collection, partition).schema().name();
        session.run(
                collection,
                client -> client.releasePartitions(ReleasePartitionsReq.builder()
                        .collectionName(name)
                        .partitionNames(List.of(partition))
                        .build()));
    }

    private Known loadable(String collection, String partition) {
        session.demand(Feature.PARTITION_LOADING);
        Known it = partitioned(collection);
        check(collection, Set.of(partition));
        return it;
    }

    /** The names of those that are loaded. */
    Set<String> loaded(String collection) {
        String name = session.real(collection);
        return session.send(collection, server -> server.loadedPartitions(name));
    }

    /** @throws IllegalArgumentException naming those that are not loaded */
    void requireWhole(String collection) {
        CollectionCheck.loadedPartitions(session.real(collection), of(collection), loaded(collection));
    }

    /**
     * @param wanted partitions that are read by name
     * @throws IllegalArgumentException naming those of them that are not loaded
     */
    <T> T reading(String collection, Set<String> wanted, Supplier<T> read) {
        try {
            return read.get();
        } catch (MilvusFailures.Released e) {
            CollectionCheck.loadedPartitions(session.real(collection), wanted, loaded(collection));
            throw e;
        }
    }

    /** @throws IllegalArgumentException if it is not there or may not be written to by name */
    Known writable(String collection, Optional<String> partition) {
        if (partition.isEmpty()) {
            return session.known(collection);
        }
        Known it = partitioned(collection);
        CollectionCheck.knownPartition(collection, partition.get(), of(collection));
        return it;
    }

    /** @throws IllegalArgumentException naming one that is not there */
    void check(String collection, Set<String> wanted) {
        if (wanted.isEmpty()) {
            return;
        }
        CollectionCheck.knownPartitions(collection, wanted, of(collection));
    }
}
