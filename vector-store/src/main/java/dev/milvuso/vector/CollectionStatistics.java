package dev.milvuso.vector;

import java.util.List;
import java.util.OptionalLong;

/**
 * How a collection stands. What the store does not say is left out ({@link Feature#RESOURCE_STATISTICS}).
 *
 * @param rows that can be found; of a released collection those that are stored
 * @param loaded whether it can be searched, if only some of its partitions
 * @param partitions in the order of their names
 * @param indexes in the order of the fields' names
 * @param memoryBytes of rows and indexes in memory
 * @param diskBytes of rows that are on disk
 * @param nodes that answer its searches; none of a released collection
 */
public record CollectionStatistics(
        long rows,
        boolean loaded,
        List<PartitionState> partitions,
        List<IndexDescription> indexes,
        OptionalLong memoryBytes,
        OptionalLong diskBytes,
        List<QueryNode> nodes) {
    /** Copies the lists. */
    public CollectionStatistics {
        partitions = List.copyOf(partitions);
        indexes = List.copyOf(indexes);
        nodes = List.copyOf(nodes);
    }
}
