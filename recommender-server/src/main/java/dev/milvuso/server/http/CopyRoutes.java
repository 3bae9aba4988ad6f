package dev.milvuso.server.http;

import dev.milvuso.config.Config;
import dev.milvuso.server.collections.CopyOperations;
import dev.milvuso.server.collections.OwnCollections;
import dev.milvuso.server.collections.Scope;
import dev.milvuso.server.collections.StoreCalls;
import dev.milvuso.vector.json.JsonInput;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** {@code /collections/{collection}/copy}: copies of a collection within the store. */
record CopyRoutes(Config config, CopyOperations operations, JsonReader reader, StoreCalls store) {
    private static final String COLLECTION = "collection";

    CopyRoutes(Config config, JsonReader reader, StoreCalls store) {
        this(config, new CopyOperations(OwnCollections.of(config)), reader, store);
    }

    List<Route> all() {
        String one = "/collections/{collection}/copy";
        return List.of(new Route(HandlerType.GET, one, this::status), new Route(HandlerType.POST, one, this::begin));
    }

    private static String collection(Context context) {
        return Parameters.path(context, COLLECTION, text -> text);
    }

    private void status(Context context) {
        Scope scope = CollectionRoutes.scope(config, context);
        String collection = collection(context);
        Replies.answer(
                context,
                store.begin(
                        (used, request) -> operations.status(used, scope, collection),
                        scope,
                        CollectionRoutes.request(Map.of())));
    }

    /** 202: it goes on behind the answer. */
    private void begin(Context context) {
        Scope scope = CollectionRoutes.scope(config, context);
        CopyOperations.Step asked;
        try {
            asked = CopyOperations.step(scope, collection(context), JsonInput.of(reader.one(context)));
        } catch (RuntimeException e) {
            Answers.failure(context, CollectionRoutes.refusal(e));
            return;
        }
        CompletableFuture<CopyOperations.Step> accepted =
                Replies.refusing(store.beginBehind(scope, used -> operations.begin(used, asked), operations::run));
        Answers.later(
                context,
                accepted,
                step -> Answers.json(context, 202, Map.of("status", "/collections/" + step.collection() + "/copy")));
    }
}
