package dev.milvuso.server.collections;

import dev.milvuso.config.Config;
import dev.milvuso.vector.VectorStore;
import java.util.List;

/**
 * The collections that the recommender keeps for itself, which may be read by everybody and changed by nobody else.
 *
 * @param prefix {@code milvus.collection_name}
 * @param isOpen whether they may be changed after all
 */
public record OwnCollections(String prefix, boolean isOpen) {
    /** As {@code server.protect_collections} has it. */
    public static OwnCollections of(Config config) {
        return new OwnCollections(
                config.milvus().collectionName(), !config.server().protectCollections());
    }

    /** @throws Refusal if the collection, under this name or one that this is an alias of, is one of them */
    void refuse(VectorStore store, String collection) {
        if (!isOpen) {
            refuseName(collection);
            store.describe(collection).ifPresent(schema -> refuseName(schema.name()));
        }
    }

    /** Whether a collection of this name, which is no alias, is one of them. */
    public boolean has(String name) {
        return List.of("_items", "_users").stream()
                .map(kind -> prefix + kind)
                .anyMatch(own -> name.equals(own) || name.startsWith(own + "_"));
    }

    /** For a name that nothing has yet. */
    void refuseName(String name) {
        if (has(name) && !isOpen) {
            throw new Refusal(
                    403,
                    Request.COLLECTION,
                    name + " is the recommender's own: it can be read here, and changed only with"
                            + " server.protect_collections = false");
        }
    }
}
