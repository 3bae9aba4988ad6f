package dev.milvuso.vector.milvus;

import dev.milvuso.vector.CollectionState;
import dev.milvuso.vector.CollectionStatistics;
import dev.milvuso.vector.PartitionState;
import io.milvus.v2.service.collection.request.DescribeCollectionReq;
import io.milvus.v2.service.collection.request.GetCollectionStatsReq;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** How collections stand, from several questions: each answer is of its own moment. */
final class MilvusStatistics {
    private final MilvusSession session;
    private final MilvusPartitions partitions;
    private final MilvusReads reads;

    MilvusStatistics(MilvusSession session, MilvusPartitions partitions, MilvusReads reads) {
        this.session = session;
        this.partitions = partitions;
        this.reads = reads;
    }

    CollectionStatistics of(String collection) {
        String name = session.real(collection);
        Set<String> loaded = partitions.loaded(collection);
        List<PartitionState> all = partitions.of(collection).stream()
                .map(partition -> new PartitionState(partition, loaded.contains(partition)))
                .toList();
        Optional<MilvusMetrics> metrics = metrics(name);
        long id = id(name);
        return new CollectionStatistics(
                loaded.isEmpty() ? stored(name) : reads.count(collection),
                !loaded.isEmpty(),
                all,
                new MilvusIndexes(name, session).list(),
                OptionalLong.empty(),
                metrics.map(it -> it.diskBytes(id)).orElse(OptionalLong.empty()),
                metrics.filter(it -> !loaded.isEmpty())
                        .map(it -> it.queryNodes(session.send(name, server -> server.queryNodes(id))))
                        .orElse(List.of()));
    }

    /** Asks neither for indexes nor for the server's metrics, which take it longest. */
    CollectionState state(String collection) {
        boolean loaded = !partitions.loaded(collection).isEmpty();
        return new CollectionState(loaded ? reads.count(collection) : stored(session.real(collection)), loaded);
    }

    /** Rows on disk, deleted ones that are not yet compacted among them. */
    private long stored(String name) {
        return session.call(
                        name,
                        client -> client.getCollectionStats(GetCollectionStatsReq.builder()
                                .collectionName(name)
                                .build()))
                .getNumOfEntities();
    }

    private long id(String name) {
        return session.call(
                        name,
                        client -> client.describeCollection(DescribeCollectionReq.builder()
                                .collectionName(name)
                                .build()))
                .getCollectionID();
    }

    /** None where the server has none, or shows them to others than this user. */
    private Optional<MilvusMetrics> metrics(String name) {
        if (session.version().lite()) {
            return Optional.empty();
        }
        try {
            return Optional.of(MilvusMetrics.parse(session.send(name, MilvusProtocol::systemInfo)));
        } catch (MilvusFailures.Denied e) {
            return Optional.empty();
        }
    }
}
