package dev.milvuso.server.http;

import dev.milvuso.action.ItemId;
import dev.milvuso.item.Item;
import dev.milvuso.server.catalogue.Catalogue;
import dev.milvuso.server.catalogue.CatalogueWriter;
import io.javalin.http.Context;

/** {@code GET} and {@code DELETE /items/{item_id}}: 404 if it is not in the catalogue. */
record ItemById(CatalogueWriter writer, Catalogue catalogue) {
    void get(Context context) {
        ItemId id = Parameters.path(context, "item_id", ItemId::new);
        Item item = catalogue.find(id).orElseThrow(() -> unknown(id));
        Answers.json(context, 200, ItemJson.of(item, true));
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

    static Problem unknown(ItemId id) {
        return Problem.of(404, "item_id", id + " is not in the catalogue");
    }
}
