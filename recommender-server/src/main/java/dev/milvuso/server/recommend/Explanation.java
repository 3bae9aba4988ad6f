package dev.milvuso.server.recommend;

import dev.milvuso.action.ItemId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How an item came to its place.
 *
 * @param text one sentence or two
 * @param parts of its score by name, finite, in the order in which they were added
 * @param because what the user acted on lately that is most like it, the most alike first
 */
public record Explanation(String text, Map<String, Double> parts, List<Because> because) {
    /** @param likeness cosine of both items' learned vectors, above 0 and up to 1 */
    public record Because(ItemId item, double likeness) {}

    public Explanation {
        parts = new LinkedHashMap<>(parts);
        because = List.copyOf(because);
    }
}
