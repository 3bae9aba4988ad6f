package dev.milvuso.vector.transfer;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.VectorStore;
import java.util.List;

/** Gives a collection the aliases that another had. None is taken away from a collection that has it. */
record RestoredAliases(VectorStore store, String collection, List<String> aliases) {
    /** @throws IllegalArgumentException naming an alias that stands for something else, or is a collection's name */
    void check() {
        aliases.forEach(this::isThere);
    }

    void create() {
        aliases.stream().filter(alias -> !isThere(alias)).forEach(alias -> store.createAlias(alias, collection));
    }

    private boolean isThere(String alias) {
        String there = store.describe(alias).map(CollectionSchema::name).orElse("");
        if (alias.equals(collection) || there.equals(alias)) {
            throw new IllegalArgumentException(
                    "alias " + alias + " cannot be restored: there is a collection of that name");
        }
        if (!there.isEmpty() && !there.equals(collection)) {
            throw new IllegalArgumentException(
                    "alias " + alias + " cannot be restored: it stands for collection " + there);
        }
        return there.equals(collection);
    }
}
