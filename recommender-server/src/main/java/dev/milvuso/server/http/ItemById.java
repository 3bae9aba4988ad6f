package dev.milvuso.server.http;

import dev.milvuso.action.ItemId;
import dev.milvuso.item.Item;
import dev.milvuso.server.catalogue.Catalogue;
import dev.milvuso.server.catalogue.CatalogueWriter;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code GET} and {@code DELETE /items/{item_id}}: 404 if it is not in the catalogue. */
record ItemById(CatalogueWriter writer, Catalogue catalogue) {
    void get(Context context) {
        ItemId id = Parameters.path(context, "item_id", ItemId::new);
        Item item = catalogue.find(id).orElseThrow(() -> unknown(id));
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
        item.embedding().ifPresent(embedding -> body.put("embedding", embedding));
        Answers.json(context, 200, body);
    }

    void delete(Context context) {
        ItemId id = Parameters.path(context, "item_id", ItemId::new);
        Answers.later(context, writer.delete(id), change -> {
            if (change.isEmpty()) {
                throw unknown(id);
            }
            context.status(204);
        });
    }

    private static Problem unknown(ItemId id) {
        return Problem.of(404, "item_id", id + " is not in the catalogue");
    }
}
