package dev.milvuso.server.collections;

import dev.milvuso.vector.Feature;
import dev.milvuso.vector.VectorStore;

/** What is above collections: databases, and what the store can do. */
final class DatabaseOperations {
    private static final String DATABASE = "database";

    private DatabaseOperations() {}

    static Reply features(VectorStore store, Request request) {
        return CollectionOperations.names(
                "features",
                store.features().stream().map(Feature::name).sorted().toList());
    }

    static Reply list(VectorStore store, Request request) {
        return CollectionOperations.names("databases", store.databases());
    }

    static Reply create(VectorStore store, Request request) {
        store.createDatabase(request.name(DATABASE));
        return Reply.DONE;
    }

    /** 404 if it is not there, 409 if it has collections. */
    static Reply drop(VectorStore store, Request request) {
        String database = request.name(DATABASE);
        if (!store.databases().contains(database)) {
            throw new Refusal(404, DATABASE, "there is no database " + database);
        }
        try {
            store.dropDatabase(database);
        } catch (IllegalArgumentException e) {
            throw new Refusal(409, DATABASE, String.valueOf(e.getMessage()));
        }
        return Reply.DONE;
    }
}
