package dev.milvuso.server.http;

import dev.milvuso.config.Config;
import dev.milvuso.server.collections.CopyOperations;
import dev.milvuso.server.collections.OwnCollections;
import dev.milvuso.server.collections.Reply;
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
        this(
                config,
                new CopyOperations(new OwnCollections(
                        config.milvus().collectionName(), !config.server().protectCollections())),
                reader,
                store);
    }

    List<Route> all() {
        String one = "/collections/{collection}/copy";
        return List.of(new Route(HandlerType.GET, one, this::status), new Route(HandlerType.POST, one, this::begin));
    }

    private Scope scope(Context context) {
        return CollectionRoutes.scope(
                config, Parameters.of(context, CollectionRoutes.DATABASE, CollectionRoutes.TENANT));
    }

    private static String collection(Context context) {
        return Parameters.path(context, COLLECTION, text -> text);
    }

    private void status(Context context) {
        Scope scope = scope(context);
        String collection = collection(context);
        CompletableFuture<Reply> reply = store.begin(
                        (used, request) -> operations.status(used, scope, collection),
                        scope,
                        CollectionRoutes.request(Map.of()))
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(CollectionRoutes.refusal(failure)));
        Answers.later(
                context,
                reply,
                done -> context.status(done.status())
                        .contentType("application/json")
                        .result(done.body()));
    }

    /** 202: it goes on behind the answer. */
    private void begin(Context context) {
        Scope scope = scope(context);
        CopyOperations.Step asked;
        try {
            asked = CopyOperations.step(scope, collection(context), JsonInput.of(reader.one(context)));
        } catch (RuntimeException e) {
            Answers.failure(context, CollectionRoutes.refusal(e));
            return;
        }
        CompletableFuture<CopyOperations.Step> accepted = new CompletableFuture<>();
        CompletableFuture<Boolean> unused = store.beginStream(scope, used -> {
                    CopyOperations.Step step = operations.begin(used, asked);
                    accepted.complete(step);
                    return operations.run(used, step);
                })
                .exceptionally(failure -> {
                    // What has been accepted says in its status how it ended.
                    accepted.completeExceptionally(CollectionRoutes.refusal(failure));
                    return false;
                });
        Answers.later(
                context,
                accepted,
                step -> Answers.json(context, 202, Map.of("status", "/collections/" + step.collection() + "/copy")));
    }
}
