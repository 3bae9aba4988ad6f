package dev.milvuso.vector.milvus;

import dev.milvuso.vector.Names;
import dev.milvuso.vector.check.CollectionCheck;
import io.milvus.v2.service.partition.request.CreatePartitionReq;
import io.milvus.v2.service.partition.request.DropPartitionReq;
import io.milvus.v2.service.partition.request.ListPartitionsReq;
import io.milvus.v2.service.partition.request.ReleasePartitionsReq;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

    /** @throws IllegalArgumentException if it is not there or may not be written to by name */
    Known writable(String collection, Optional<String> partition) {
        if (partition.isEmpty()) {
            return session.known(collection);
        }
        Known it = partitioned(collection);
        check(collection, Set.of(partition.get()));
        return it;
    }

    /** @throws IllegalArgumentException naming one that is not there */
    void check(String collection, Set<String> wanted) {
        if (wanted.isEmpty()) {
            return;
        }
        List<String> there = of(collection);
        for (String partition : wanted) {
            if (!there.contains(partition)) {
                throw new IllegalArgumentException("collection " + collection + " has no partition " + partition);
            }
        }
    }
}
