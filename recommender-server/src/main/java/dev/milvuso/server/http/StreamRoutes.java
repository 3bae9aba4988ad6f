package dev.milvuso.server.http;

import dev.milvuso.config.Config;
import dev.milvuso.server.collections.OwnCollections;
import dev.milvuso.server.collections.Reply;
import dev.milvuso.server.collections.Scope;
import dev.milvuso.server.collections.StoreCalls;
import dev.milvuso.server.collections.StreamOperations;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exports and imports of collections, neither of which is ever whole in memory: lines of JSON, one behind the other.
 */
record StreamRoutes(Config config, StreamOperations operations, StoreCalls store) {
    /** What is sent as it is written. */
    static final String LINES = "application/x-ndjson";

    private static final Logger LOG = LoggerFactory.getLogger(StreamRoutes.class);
    private static final String COLLECTION = "collection";
    private static final String IMPORT = "/import";

    StreamRoutes(Config config, StoreCalls store) {
        this(
                config,
                new StreamOperations(
                        new OwnCollections(
                                config.milvus().collectionName(),
                                !config.server().protectCollections()),
                        config.server().maxBodyBytes()),
                store);
    }

    /** Whether a request's body is read while it comes. */
    static boolean isStreamed(Request request) {
        return request.getMethod().equals("POST")
                && Request.getPathInContext(request).startsWith("/collections/")
                && Request.getPathInContext(request).endsWith(IMPORT);
    }

    List<Route> all() {
        return List.of(
                new Route(HandlerType.GET, "/collections/{collection}/export", this::export),
                new Route(HandlerType.POST, "/collections/{collection}" + IMPORT, this::take));
    }

    private void export(Context context) {
        Parameters parameters =
                Parameters.of(context, CollectionRoutes.DATABASE, CollectionRoutes.TENANT, "partition", "after");
        Scope scope = CollectionRoutes.scope(config, parameters);
        String collection = Parameters.path(context, COLLECTION, text -> text);
        AtomicBoolean begun = new AtomicBoolean();
        StreamOperations.Target target = () -> {
            begun.set(true);
            context.status(200).contentType(LINES);
            return context.method().equals(HandlerType.HEAD)
                    ? OutputStream.nullOutputStream()
                    : context.res().getOutputStream();
        };
        context.future(() -> store.beginStream(scope, used -> {
                    operations.export(
                            used, collection, parameters.value("partition"), parameters.value("after"), target);
                    return true;
                })
                .exceptionally(failure -> {
                    if (begun.get()) {
                        // Its last line is missing, by which the client knows.
                        LOG.warn("an export of {} ended early", collection, failure);
                    } else {
                        Answers.failure(context, CollectionRoutes.refusal(failure));
                    }
                    return false;
                }));
    }

    private void take(Context context) {
        Parameters parameters = Parameters.of(context, CollectionRoutes.DATABASE, CollectionRoutes.TENANT, "aliases");
        Scope scope = CollectionRoutes.scope(config, parameters);
        boolean aliases = parameters.flag("aliases", false);
        String collection = Parameters.path(context, COLLECTION, text -> text);
        context.future(() -> {
            CompletableFuture<Reply> reply = store.beginStream(
                            scope, used -> operations.take(used, collection, aliases, body(context)))
                    .exceptionallyCompose(failure -> CompletableFuture.failedFuture(CollectionRoutes.refusal(failure)));
            return reply.thenAccept(done -> context.status(done.status())
                            .contentType("application/json")
                            .result(done.body()))
                    .exceptionally(failure -> {
                        Answers.failure(context, failure);
                        return null;
                    });
        });
    }

    private static InputStream body(Context context) {
        try {
            return context.req().getInputStream();
        } catch (IOException e) {
            throw new UncheckedIOException("the body cannot be read", e);
        }
    }
}
