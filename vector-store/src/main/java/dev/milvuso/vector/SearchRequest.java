package dev.milvuso.vector;

import java.util.Optional;
import java.util.Set;

/**
 * What is looked for.
 *
 * @param query shape [dimension]
 * @param k how many at most, 1 to 16384
 * @param filter what a hit must fulfil
 * @param exclude ids that are not to be found
 */
public record SearchRequest(float[] query, int k, Optional<Filter> filter, Set<String> exclude) {
    /** @throws IllegalArgumentException if k is out of range or the query holds a number that is not finite */
    public SearchRequest {
        if (k < 1 || k > 16384) {
            throw new IllegalArgumentException("k is " + k + ": must be 1 to 16384");
        }
        for (float value : query) {
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException("the query vector holds " + value);
            }
        }
        exclude = Set.copyOf(exclude);
    }

    public static SearchRequest nearest(float[] query, int k) {
        return new SearchRequest(query, k, Optional.empty(), Set.of());
    }
}
