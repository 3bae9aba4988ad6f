package dev.milvuso.server.http;

import dev.milvuso.item.Item;
import java.util.LinkedHashMap;
import java.util.Map;

/** An item as answers show it: as it would be posted. */
final class ItemJson {
    private ItemJson() {}

    /** @param embedding whether to show its vector */
    static Map<String, Object> of(Item item, boolean embedding) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("item_id", item.id().value());
        item.category().ifPresent(category -> body.put("category", category));
        body.put("tags", item.tags());
        body.put("popularity_score", item.popularityScore());
        body.put("created_at", item.createdAt().toString());
        item.title().ifPresent(title -> body.put("title", title));
        item.description().ifPresent(description -> body.put("description", description));
        body.put("attributes", item.attributes());
        body.put("hidden", item.hidden());
        item.availableFrom().ifPresent(time -> body.put("available_from", time.toString()));
        item.availableUntil().ifPresent(time -> body.put("available_until", time.toString()));
        if (embedding) {
            item.embedding().ifPresent(vector -> body.put("embedding", vector));
        }
        return body;
    }
}
