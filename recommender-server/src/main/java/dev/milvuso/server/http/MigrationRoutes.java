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
import java.util.function.Function;
import java.util.function.Supplier;

/** {@code /migrations/{alias}}: versions of collections. */
record MigrationRoutes(Config config, MigrationOperations operations, JsonReader reader, StoreCalls store) {
    private static final String ALIAS = "alias";

    /** What a Milvus with bounded consistency may take to show a write. */
    private static final Duration BOUNDED = Duration.ofSeconds(5);

    MigrationRoutes(Config config, JsonReader reader, StoreCalls store, Clock clock) {
        this(
                config,
                new MigrationOperations(
                        OwnCollections.of(config), config.milvus().isEmbedded() ? Duration.ZERO : BOUNDED, clock),
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

    private MigrationOperations.Place place(Context context, Scope scope) {
        return new MigrationOperations.Place(
                scope.database().orElse(config.milvus().database()),
                operations.alias(Parameters.path(context, ALIAS, text -> text)));
    }

    private void answer(Context context, BiFunction<VectorStore, MigrationOperations.Place, Reply> operation) {
        refusing(context, () -> {
            Scope scope = scope(context);
            MigrationOperations.Place place = place(context, scope);
            return asked(scope, used -> operation.apply(used, place));
        });
    }

    private CompletableFuture<Reply> asked(Scope scope, Function<VectorStore, Reply> operation) {
        return store.begin((used, request) -> operation.apply(used), scope, CollectionRoutes.request(Map.of()));
    }

    /** 202 once it is known that it can be done: it goes on behind the answer. */
    private void begin(Context context) {
        refusing(context, () -> {
            Scope scope = scope(context);
            MigrationOperations.Step step = operations.step(place(context, scope), JsonInput.of(reader.one(context)));
            return store.beginBehind(
                    scope, used -> operations.check(used, step), (used, accepted) -> operations.run(used, step));
        });
    }

    private static void refusing(Context context, Supplier<CompletableFuture<Reply>> work) {
        CompletableFuture<Reply> reply;
        try {
            reply = work.get();
        } catch (RuntimeException e) {
            Answers.failure(context, CollectionRoutes.refusal(e));
            return;
        }
        Replies.answer(context, reply);
    }
}
