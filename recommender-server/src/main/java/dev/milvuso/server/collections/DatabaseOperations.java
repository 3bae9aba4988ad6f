package dev.milvuso.server.collections;

import dev.milvuso.vector.BackendInfo;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.advice.IndexAdvice;
import dev.milvuso.vector.advice.IndexAdviser;
import dev.milvuso.vector.advice.Workload;
import dev.milvuso.vector.json.AdviceJson;
import dev.milvuso.vector.json.BackendJson;

/** What is above collections: databases, what the store can do, and which index it should have. */
final class DatabaseOperations {
    private static final String DATABASE = "database";

    private DatabaseOperations() {}

    /** Which store it is, too. */
    static Reply features(VectorStore store, Request request) {
        BackendInfo info = store.backendInfo();
        return Reply.of(out -> BackendJson.write(out, info));
    }

    /** Which index such rows should have, whether they are there or not. */
    static Reply advice(VectorStore store, Request request) {
        Workload workload = AdviceJson.read(request.body(), () -> Workload.Store.of(store.backendInfo()));
        IndexAdvice advice = request.body().get("memory_bytes").make(() -> IndexAdviser.advise(workload));
        return Reply.of(out -> AdviceJson.write(out, advice));
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
