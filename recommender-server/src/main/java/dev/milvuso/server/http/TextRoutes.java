package dev.milvuso.server.http;

import dev.milvuso.config.Config;
import dev.milvuso.server.collections.OwnCollections;
import dev.milvuso.server.collections.Request;
import dev.milvuso.server.collections.Scope;
import dev.milvuso.server.collections.StoreCalls;
import dev.milvuso.server.collections.TextOperations;
import dev.milvuso.vector.json.JsonInput;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.List;
import java.util.Map;

/** {@code /collections/{collection}/bm25}: sparse vectors that are made of texts. */
record TextRoutes(Config config, TextOperations operations, JsonReader reader, StoreCalls store) {
    private static final String COLLECTION = "collection";

    TextRoutes(Config config, JsonReader reader, StoreCalls store) {
        this(config, new TextOperations(OwnCollections.of(config)), reader, store);
    }

    List<Route> all() {
        String one = "/collections/{collection}/bm25";
        return List.of(new Route(HandlerType.GET, one, this::fitted), new Route(HandlerType.POST, one, this::fit));
    }

    private static Map<String, String> path(Context context) {
        return Map.of(COLLECTION, Parameters.path(context, COLLECTION, text -> text));
    }

    private void fitted(Context context) {
        Scope scope = CollectionRoutes.scope(config, context);
        Replies.answer(context, store.begin(TextOperations::fitted, scope, CollectionRoutes.request(path(context))));
    }

    /** Answered when it is done. */
    private void fit(Context context) {
        Scope scope = CollectionRoutes.scope(config, context);
        Request request = new Request(path(context), JsonInput.of(reader.one(context)), false, false);
        Replies.answer(context, store.beginStream(scope, used -> operations.fit(used, request)));
    }
}
