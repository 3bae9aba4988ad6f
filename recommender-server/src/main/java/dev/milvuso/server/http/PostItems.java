package dev.milvuso.server.http;

import dev.milvuso.item.Item;
import dev.milvuso.server.catalogue.CatalogueStore;
import dev.milvuso.server.catalogue.CatalogueWriter;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.List;
import java.util.Map;

/** {@code POST /items}: one item or an array of up to 1,000. 201 if any of them is new, 200 if all are replaced. */
record PostItems(JsonReader reader, ItemBody body, CatalogueWriter writer) implements Handler {
    @Override
    public void handle(Context context) {
        List<Item> items = reader.oneOrMany(context, body::read);
        Answers.later(context, writer.put(items), written -> answer(context, items.size(), written));
    }

    private static void answer(Context context, int accepted, CatalogueStore.Written written) {
        int replaced = written.changes().size() - written.created();
        Answers.json(
                context,
                written.created() > 0 ? 201 : 200,
                Map.of("accepted", accepted, "created", written.created(), "replaced", replaced));
    }
}
