package dev.milvuso.vector;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a search went, as seen from outside the store, and by what the store says itself.
 *
 * @param collection its own name
 * @param vectorField that was searched in
 * @param shape of the request, without values
 * @param rows in the collection
 * @param candidates of them that the filter lets through
 * @param selectivity candidates / rows, 0 to 1; 1 of an empty collection
 * @param fromCache whether the hits were kept from an earlier search
 * @param hits as the search gave them
 * @param engine how the store searches, if it says; also where the hits came from a cache
 * @param stages what took how long, in order: {@code describe}, {@code count}, {@code filter}, and {@code search} or,
 *     of hits from a cache, {@code cache}; what only the explanation needs is among them
 */
public record Explanation(
        String collection,
        String vectorField,
        String shape,
        long rows,
        long candidates,
        double selectivity,
        boolean fromCache,
        List<List<Hit>> hits,
        Optional<SearchProfile> engine,
        Map<String, Duration> stages) {}
