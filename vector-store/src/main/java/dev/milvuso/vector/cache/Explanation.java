package dev.milvuso.vector.cache;

import dev.milvuso.vector.Hit;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How a search went, as far as it is seen from outside the store.
 *
 * @param collection its own name
 * @param vectorField that was searched in
 * @param shape of the request, without values
 * @param rows in the collection
 * @param candidates of them that the filter lets through
 * @param selectivity candidates / rows, 0 to 1; 1 of an empty collection
 * @param hits as the search gave them
 * @param stages what took how long, in order: {@code describe}, {@code count}, {@code filter} and {@code search}; what
 *     only the explanation needs is among them
 */
public record Explanation(
        String collection,
        String vectorField,
        String shape,
        long rows,
        long candidates,
        double selectivity,
        List<List<Hit>> hits,
        Map<String, Duration> stages) {}
