package dev.milvuso.vector.embedded;

import com.sun.management.OperatingSystemMXBean;
import dev.milvuso.vector.CollectionState;
import dev.milvuso.vector.CollectionStatistics;
import dev.milvuso.vector.PartitionState;
import dev.milvuso.vector.QueryNode;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** How collections of this process stand. */
final class EmbeddedStatistics {
    private final EmbeddedSession session;
    private final EmbeddedReads reads;
    private final JournalWriter journal;
    private final Optional<IndexSaver> saver;

    /** @param saver none where nothing is kept on disk */
    EmbeddedStatistics(
            EmbeddedSession session, EmbeddedReads reads, JournalWriter journal, Optional<IndexSaver> saver) {
        this.session = session;
        this.reads = reads;
        this.journal = journal;
        this.saver = saver;
    }

    CollectionStatistics of(String collection) {
        EmbeddedCollection it = session.collection(collection);
        Set<String> loaded = it.loads().partitions();
        return new CollectionStatistics(
                it.rows(),
                !loaded.isEmpty(),
                it.partitions().stream()
                        .map(partition -> new PartitionState(partition, loaded.contains(partition)))
                        .toList(),
                it.indexes().all().entrySet().stream()
                        .map(index -> it.index(index.getKey(), index.getValue()))
                        .toList(),
                OptionalLong.of(it.bytes()),
                diskBytes(it),
                loaded.isEmpty() ? List.of() : List.of(thisProcess()));
    }

    CollectionState state(String collection) {
        EmbeddedCollection it = session.collection(collection);
        return new CollectionState(it.rows(), !it.loads().partitions().isEmpty());
    }

    private OptionalLong diskBytes(EmbeddedCollection it) {
        return saver.map(indexes -> OptionalLong.of(journal.bytes(it.schema().name()) + indexes.bytes(it)))
                .orElse(OptionalLong.empty());
    }

    /** Searches run in their callers' threads: none waits. */
    private QueryNode thisProcess() {
        Runtime runtime = Runtime.getRuntime();
        // Below 0 until the JVM knows.
        double cpu = ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? Math.max(0, system.getProcessCpuLoad())
                : 0;
        return new QueryNode(
                "embedded",
                "",
                runtime.availableProcessors(),
                cpu,
                runtime.totalMemory() - runtime.freeMemory(),
                runtime.maxMemory(),
                reads.running(),
                0);
    }
}
