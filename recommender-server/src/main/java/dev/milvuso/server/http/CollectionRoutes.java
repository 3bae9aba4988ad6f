package dev.milvuso.server.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.milvuso.config.Config;
import dev.milvuso.server.collections.Endpoint;
import dev.milvuso.server.collections.Endpoints;
import dev.milvuso.server.collections.OwnCollections;
import dev.milvuso.server.collections.Refusal;
import dev.milvuso.server.collections.Request;
import dev.milvuso.server.collections.Scope;
import dev.milvuso.server.collections.StoreCalls;
import dev.milvuso.vector.ArgumentMismatch;
import dev.milvuso.vector.Names;
import dev.milvuso.vector.PartialWrite;
import dev.milvuso.vector.PartialWriteException;
import dev.milvuso.vector.RefusedWriteException;
import dev.milvuso.vector.json.JsonInput;
import dev.milvuso.vector.json.JsonMismatch;
import dev.milvuso.vector.tenant.Tenancy;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code /collections/…}, {@code /databases/…} and {@code /features}: the vector store. */
record CollectionRoutes(JsonReader reader, Config config, StoreCalls store) {
    static final String DATABASE = "database";
    static final String TENANT = "tenant";
    static final String INT64 = "int64";
    private static final String EXPLAIN = "explain";

    List<Route> all() {
        Stream<Route> whole =
                Endpoints.all(
                                OwnCollections.of(config),
                                Tenancy.named(config.server().tenancy()))
                        .stream()
                        .map(endpoint -> new Route(
                                HandlerType.findOrCreate(endpoint.method()),
                                endpoint.path(),
                                context -> answer(context, endpoint)));
        return Stream.concat(whole, new StreamRoutes(config, reader, store).all().stream())
                .toList();
    }

    private void answer(Context context, Endpoint endpoint) {
        boolean isSearch =
                endpoint.path().endsWith("/search") || endpoint.path().endsWith("/hybrid");
        Parameters parameters = isSearch
                ? Parameters.of(context, DATABASE, TENANT, INT64, EXPLAIN)
                : Parameters.of(context, DATABASE, TENANT, INT64);
        Scope scope = scope(config, parameters);
        Map<String, String> path = new HashMap<>();
        context.pathParamMap().keySet().forEach(name -> path.put(name, Parameters.path(context, name, text -> text)));
        JsonInput body = JsonInput.of(endpoint.hasBody() ? reader.one(context) : JsonNodeFactory.instance.objectNode());
        Request request = new Request(path, body, longsAsText(parameters), parameters.flag(EXPLAIN, false));
        Replies.answer(context, store.begin(endpoint.operation(), scope, request));
    }

    /** Of a request that has no other parameters. */
    static Scope scope(Config config, Context context) {
        return scope(config, Parameters.of(context, DATABASE, TENANT));
    }

    /** By {@code database} and {@code tenant}, of those that are allowed. */
    static Scope scope(Config config, Parameters parameters) {
        return new Scope(
                parameters.value(DATABASE).map(CollectionRoutes::databaseName),
                parameters.value(TENANT),
                Tenancy.named(config.server().tenancy()));
    }

    private static String databaseName(String name) {
        try {
            return Names.checked(DATABASE, name);
        } catch (IllegalArgumentException e) {
            throw problem(400, DATABASE, e);
        }
    }

    static boolean longsAsText(Parameters parameters) {
        String form = parameters.value(INT64).orElse("number");
        if (!form.equals("number") && !form.equals("string")) {
            throw Problem.of(400, INT64, "must be number or string");
        }
        return form.equals("string");
    }

    /** One without a body or parameters. */
    static Request request(Map<String, String> path) {
        return new Request(path, JsonInput.of(JsonNodeFactory.instance.objectNode()), false, false);
    }

    /** What a failure of the store is to a client. */
    static Throwable refusal(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof Refusal refusal) {
            return problem(refusal.status(), refusal.place(), refusal);
        }
        if (cause instanceof JsonMismatch mismatch) {
            return mismatch.isSentence()
                    ? sentence(400, place(mismatch.place()), mismatch.reason())
                    : Problem.of(400, place(mismatch.place()), mismatch.reason());
        }
        if (cause instanceof PartialWriteException partial) {
            return partly(503, "some were not " + partial.kind().done() + ": send them again", partial);
        }
        if (cause instanceof RefusedWriteException partial) {
            return partly(409, String.valueOf(partial.getMessage()), partial);
        }
        if (cause instanceof ArgumentMismatch mismatch) {
            return problem(400, place(mismatch.place()), mismatch);
        }
        if (cause instanceof UnsupportedOperationException) {
            return problem(501, Problem.BODY, cause);
        }
        if (cause instanceof IllegalArgumentException) {
            return problem(400, Problem.BODY, cause);
        }
        return cause == null ? new IllegalStateException("a failure without a cause") : cause;
    }

    /** Names all that were not done, however many: those that are not named count as done. */
    private static Problem partly(int status, String detail, PartialWrite write) {
        String list = write.kind() == PartialWrite.Kind.STORE ? "entities" : "keys";
        return new Problem(
                status,
                detail,
                write.notDone().stream()
                        .map(position -> new Problem.Fault(
                                list + "[" + position + "]",
                                "was not " + write.kind().done()))
                        .toList());
    }

    /** One whose message is a sentence by itself. */
    private static Problem problem(int status, String place, Throwable cause) {
        return sentence(status, place, String.valueOf(cause.getMessage()));
    }

    private static Problem sentence(int status, String place, String message) {
        return new Problem(status, message, List.of(new Problem.Fault(place, message)));
    }

    private static String place(List<Object> steps) {
        String place = "";
        for (Object step : steps) {
            place = step instanceof Integer position
                    ? JsonPlace.cut(place + "[" + position + "]")
                    : JsonPlace.member(place, step.toString());
        }
        return place.isEmpty() ? Problem.BODY : place;
    }
}
