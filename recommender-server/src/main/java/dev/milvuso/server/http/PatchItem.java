package dev.milvuso.server.http;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.milvuso.action.ItemId;
import dev.milvuso.item.Item;
import dev.milvuso.server.catalogue.CatalogueWriter;
import io.javalin.http.Context;
import io.javalin.http.Handler;

/**
 * {@code PATCH /items/{item_id}}: a merge patch (RFC 7396). A field that is null is taken away, an object is merged
 * member by member, all else replaces what was there. The answer is the item as it is now.
 */
record PatchItem(JsonReader reader, ItemBody body, CatalogueWriter writer) implements Handler {
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false);

    @Override
    public void handle(Context context) {
        ItemId id = Parameters.path(context, "item_id", ItemId::new);
        JsonNode patch = reader.asWritten(context);
        if (!patch.isObject()) {
            throw Problem.of(400, Problem.BODY, "must be a JSON object");
        }
        if (patch.has("item_id") && !id.value().equals(patch.get("item_id").textValue())) {
            throw Problem.of(400, "item_id", "must be " + id + ", as in the address, or be left out");
        }
        Answers.later(context, writer.patch(id, item -> patched(item, patch)), changed -> {
            Item item = changed.orElseThrow(() -> ItemById.unknown(id));
            Answers.json(context, 200, ItemJson.of(item, true));
        });
    }

    private Item patched(Item item, JsonNode patch) {
        ObjectNode merged = MAPPER.valueToTree(ItemJson.of(item, true));
        merge(merged, patch);
        return JsonReader.read(merged, body::read);
    }

    private static void merge(ObjectNode target, JsonNode patch) {
        patch.properties().forEach(member -> {
            String name = member.getKey();
            JsonNode value = member.getValue();
            if (value.isNull()) {
                target.remove(name);
            } else if (value.isObject()) {
                ObjectNode inner = target.get(name) instanceof ObjectNode there ? there : target.putObject(name);
                merge(inner, value);
            } else {
                target.set(name, value);
            }
        });
    }
}
