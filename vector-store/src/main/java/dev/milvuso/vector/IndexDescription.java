package dev.milvuso.vector;

import java.util.Optional;

/**
 * How an index stands.
 *
 * @param spec what was asked for
 * @param structure what the store really has, in a sentence for people
 * @param metric of a vector's index, by the name of the field's metric
 * @param rowsIndexed that a search finds by the index
 * @param rowsPending that are not in the index yet, which a search finds nevertheless
 * @param failure why it could not be built
 */
public record IndexDescription(
        String field,
        IndexSpec spec,
        String structure,
        Optional<String> metric,
        State state,
        long rowsIndexed,
        long rowsPending,
        Optional<String> failure) {
    /** How far it is. */
    public enum State {
        BUILDING,
        READY,
        FAILED
    }
}
