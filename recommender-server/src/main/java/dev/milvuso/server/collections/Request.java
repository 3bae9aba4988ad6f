package dev.milvuso.server.collections;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Names;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.json.EntityJson;
import dev.milvuso.vector.json.JsonInput;
import java.util.Map;

/**
 * A request, read as far as it can be without the store.
 *
 * @param path the values of the address's parameters, by name
 * @param body an object; one without members where none is expected
 * @param longsAsText whether the answer has integers of 64 bits as texts
 */
public record Request(Map<String, String> path, JsonInput body, boolean longsAsText) {
    static final String COLLECTION = "collection";

    /** @throws Refusal if it cannot be one's name */
    String name(String parameter) {
        try {
            return Names.checked(parameter, path.getOrDefault(parameter, ""));
        } catch (IllegalArgumentException e) {
            throw new Refusal(400, parameter, String.valueOf(e.getMessage()));
        }
    }

    String collection() {
        return name(COLLECTION);
    }

    CollectionSchema schema(VectorStore store) {
        String collection = collection();
        return store.describe(collection)
                .orElseThrow(() -> new Refusal(404, COLLECTION, "there is no collection " + collection));
    }

    EntityJson entities(VectorStore store) {
        return new EntityJson(schema(store), longsAsText);
    }
}
