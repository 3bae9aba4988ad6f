package dev.milvuso.server.http;

import dev.milvuso.config.Config;
import dev.milvuso.server.collections.MigrationOperations;
import dev.milvuso.server.collections.OwnCollections;
import dev.milvuso.server.collections.Reply;
import dev.milvuso.server.collections.Scope;
import dev.milvuso.server.collections.StoreCalls;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.json.JsonInput;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/** {@code /migrations/{alias}}: versions of collections. */
record MigrationRoutes(Config config, MigrationOperations operations, JsonReader reader, StoreCalls store) {
    private static final String ALIAS = "alias";

    /** What a Milvus with bounded consistency may take to show a write. */
    private static final Duration BOUNDED = Duration.ofSeconds(5);

    MigrationRoutes(Config config, JsonReader reader, StoreCalls store, Clock clock) {
        this(
                config,
                new MigrationOperations(
                        new OwnCollections(
                                config.milvus().collectionName(),
                                !config.server().protectCollections()),
                        config.milvus().isEmbedded() ? Duration.ZERO : BOUNDED,
                        clock),
                reader,
                store);
    }

    List<Route> all() {
        String one = "/migrations/{alias}";
        return List.of(
                new Route(HandlerType.GET, one, context -> answer(context, operations::status)),
                new Route(HandlerType.POST, one, this::begin),
                new Route(HandlerType.POST, one + "/back", context -> answer(context, operations::back)));
    }

    private Scope scope(Context context) {
        return CollectionRoutes.scope(config, Parameters.of(context, CollectionRoutes.DATABASE));
    }

    private String alias(Context context) {
        return Parameters.path(context, ALIAS, text -> text);
    }

    private void answer(Context context, BiFunction<VectorStore, String, Reply> operation) {
        String alias = alias(context);
        CompletableFuture<Reply> reply = store.begin(
                        (used, request) -> operation.apply(used, operations.alias(alias)),
                        scope(context),
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
        MigrationOperations.Step step;
        try {
            step = operations.step(alias(context), JsonInput.of(reader.one(context)));
        } catch (RuntimeException e) {
            Answers.failure(context, CollectionRoutes.refusal(e));
            return;
        }
        CompletableFuture<Boolean> run = store.beginStream(scope, used -> operations.run(used, step));
        if (run.isCompletedExceptionally()) {
            Answers.later(
                    context,
                    run.exceptionallyCompose(
                            failure -> CompletableFuture.failedFuture(CollectionRoutes.refusal(failure))),
                    done -> {});
        } else {
            Answers.json(context, 202, Map.of("status", "/migrations/" + step.alias()));
        }
    }
}
