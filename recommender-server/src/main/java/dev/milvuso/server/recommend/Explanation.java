package dev.milvuso.server.recommend;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How an item came to its place.
 *
 * @param text one sentence or two
 * @param parts of its score by name, finite, in the order in which they were added
 */
public record Explanation(String text, Map<String, Double> parts) {
    public Explanation {
        parts = new LinkedHashMap<>(parts);
    }
}
