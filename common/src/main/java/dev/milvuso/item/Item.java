package dev.milvuso.item;

import dev.milvuso.action.ItemId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An item of the catalogue.
 *
 * @param tags without repeats, in the site's order
 * @param popularityScore the site's own idea of how popular it is; breaks ties before anybody has acted; finite
 * @param attributes what the site wants to find again, as JSON values by name
 * @param hidden not recommended, but kept
 * @param embedding the site's own content vector
 */
public record Item(
        ItemId id,
        Optional<String> category,
        List<String> tags,
        double popularityScore,
        Instant createdAt,
        Optional<String> title,
        Optional<String> description,
        Map<String, Object> attributes,
        boolean hidden,
        Optional<float[]> embedding) {
    public Item {
        tags = List.copyOf(tags);
        attributes = Map.copyOf(attributes);
    }
}
