package dev.milvuso.vector.check;

import dev.milvuso.vector.ArgumentMismatch;
import dev.milvuso.vector.CollectionSchema;
import java.util.Collection;
import java.util.List;

/** Refuses, in the same words for every store, what the names of collections, aliases and partitions do not allow. */
public final class CollectionCheck {
    /** Where entities go for which no partition was named. */
    public static final String DEFAULT_PARTITION = "_default";

    private CollectionCheck() {}

    /** @throws IllegalArgumentException if a collection or an alias has the name */
    public static void free(String name, boolean taken) {
        if (taken) {
            throw new IllegalArgumentException("collection " + name + " is there already");
        }
    }

    /** @throws IllegalArgumentException if a collection or an alias has the name */
    public static void freeAlias(String alias, boolean taken) {
        if (taken) {
            throw new IllegalArgumentException("there is a collection or alias " + alias + " already");
        }
    }

    /** @throws IllegalArgumentException if no alias has the name */
    public static void knownAlias(String alias, boolean known) {
        if (!known) {
            throw new IllegalArgumentException("there is no alias " + alias);
        }
    }

    /** @throws IllegalArgumentException if there is an alias of a collection that is to be dropped */
    public static void noAliases(String collection, Collection<String> aliases) {
        if (!aliases.isEmpty()) {
            throw new IllegalArgumentException(
                    "collection " + collection + " has the aliases " + aliases + ": drop or alter them first");
        }
    }

    /**
     * @param collection as the caller named it
     * @throws IllegalArgumentException if its partitions are made of a key
     */
    public static void namedPartitions(String collection, CollectionSchema schema) {
        schema.partitionKey().ifPresent(key -> {
            throw new IllegalArgumentException("collection " + collection + " is partitioned by its key " + key
                    + ": its partitions cannot be named");
        });
    }

    /** @throws IllegalArgumentException if there is no such partition */
    public static void knownPartition(String collection, String wanted, Collection<String> there) {
        known(collection, wanted, there, "partition");
    }

    private static void known(String collection, String wanted, Collection<String> there, String part) {
        if (!there.contains(wanted)) {
            throw new ArgumentMismatch("collection " + collection + " has no partition " + wanted, part);
        }
    }

    /** @throws IllegalArgumentException naming a partition that there is not */
    public static void knownPartitions(String collection, Collection<String> wanted, Collection<String> there) {
        wanted.forEach(partition -> known(collection, partition, there, "partitions"));
    }

    /**
     * @param wanted that there are
     * @throws IllegalArgumentException naming those that are not loaded
     */
    public static void loadedPartitions(String collection, Collection<String> wanted, Collection<String> loaded) {
        List<String> released = wanted.stream()
                .filter(partition -> !loaded.contains(partition))
                .sorted()
                .toList();
        if (!released.isEmpty()) {
            throw new IllegalArgumentException("of collection " + collection + " the "
                    + (released.size() == 1 ? "partition " : "partitions ") + String.join(", ", released)
                    + (released.size() == 1 ? " is" : " are") + " not loaded: load "
                    + (released.size() == 1 ? "it" : "them") + " first");
        }
    }

    /** @throws IllegalArgumentException if it is the default partition */
    public static void droppablePartition(String partition) {
        if (partition.equals(DEFAULT_PARTITION)) {
            throw new IllegalArgumentException("partition " + partition + " is the default one: it stays");
        }
    }
}
