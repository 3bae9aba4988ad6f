package dev.milvuso.vector.embedded;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which partitions of a collection are loaded.
 *
 * @param partitions by name, in order
 * @param later whether those that are made later are, as it is once a collection was loaded as a whole
 */
record LoadState(Set<String> partitions, boolean later) {
    static final LoadState NONE = new LoadState(Set.of(), false);

    /** Copies the names. Of a collection without anything loaded nothing will be by itself. */
    LoadState {
        partitions = Collections.unmodifiableSet(new TreeSet<>(partitions));
        later = later && !partitions.isEmpty();
    }

    static LoadState whole(Set<String> partitions) {
        return new LoadState(partitions, true);
    }

    boolean isNone() {
        return partitions.isEmpty();
    }

    /** After a partition was loaded. */
    LoadState with(String partition) {
        Set<String> more = new TreeSet<>(partitions);
        more.add(partition);
        return new LoadState(more, later);
    }

    /** After a partition was released or dropped. */
    LoadState without(String partition) {
        Set<String> fewer = new TreeSet<>(partitions);
        fewer.remove(partition);
        return new LoadState(fewer, later);
    }

    /** After a partition was made. */
    LoadState made(String partition) {
        return later ? with(partition) : this;
    }
}
