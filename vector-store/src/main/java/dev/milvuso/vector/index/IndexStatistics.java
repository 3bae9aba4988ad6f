package dev.milvuso.vector.index;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an index consists of.
 *
 * @param structure in a few words: "948 inverted lists of 4-bit codes, scored anew by floats"
 * @param rows that hold a vector
 * @param bytes of memory, by arrays' sizes
 * @param figures of the structure by name, such as {@code lists} or {@code links}; empty while there is none
 */
public record IndexStatistics(String structure, int rows, long bytes, SortedMap<String, Long> figures) {
    static final String EXACT = "an exact scan";

    /** Copies the figures. */
    public IndexStatistics {
        figures = Collections.unmodifiableSortedMap(new TreeMap<>(figures));
    }

    static IndexStatistics exact(int rows, long bytes) {
        return new IndexStatistics(EXACT, rows, bytes, new TreeMap<>(Map.of()));
    }
}
