package dev.milvuso.server.http;

import dev.milvuso.config.Config;
import dev.milvuso.server.collections.FileImports;
import dev.milvuso.server.collections.OwnCollections;
import dev.milvuso.server.collections.Reply;
import dev.milvuso.server.collections.Request;
import dev.milvuso.server.collections.Scope;
import dev.milvuso.server.collections.SearchStream;
import dev.milvuso.server.collections.StoreCalls;
import dev.milvuso.server.collections.StreamOperations;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.json.JsonInput;
import dev.milvuso.vector.transfer.ExportFormat;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exports and imports of collections, neither of which is ever whole in memory: lines of JSON, one behind the other, or
 * Parquet; imports of files of vectors; and all that a search finds.
 */
record StreamRoutes(
        Config config, JsonReader reader, StreamOperations operations, FileImports files, StoreCalls store) {
    private static final String LINES = "application/x-ndjson";
    private static final String PARQUET = "application/vnd.apache.parquet";

    /** All that are sent as they are written. */
    static final Set<String> STREAMED = Set.of(LINES, PARQUET);

    private static final Logger LOG = LoggerFactory.getLogger(StreamRoutes.class);
    private static final String COLLECTION = "collection";
    private static final String IMPORT = "/import";

    StreamRoutes(Config config, JsonReader reader, StoreCalls store) {
        this(
                config,
                reader,
                new StreamOperations(OwnCollections.of(config), config.server().maxBodyBytes()),
                new FileImports(OwnCollections.of(config), config.server().maxImportBytes()),
                store);
    }

    /** Whether a request's body is read while it comes. */
    static boolean isStreamed(org.eclipse.jetty.server.Request request) {
        String path = org.eclipse.jetty.server.Request.getPathInContext(request);
        return request.getMethod().equals("POST") && path.startsWith("/collections/") && path.endsWith(IMPORT);
    }

    List<Route> all() {
        return List.of(
                new Route(HandlerType.GET, "/collections/{collection}/export", this::export),
                new Route(HandlerType.POST, "/collections/{collection}/search/iterate", this::iterate),
                new Route(HandlerType.POST, "/collections/{collection}" + IMPORT, this::take));
    }

    private void export(Context context) {
        Parameters parameters = Parameters.of(
                context,
                CollectionRoutes.DATABASE,
                CollectionRoutes.TENANT,
                ImportParameters.FORMAT,
                "partition",
                "after");
        ExportFormat format = ImportParameters.exportFormat(parameters);
        Scope scope = CollectionRoutes.scope(config, parameters);
        String collection = Parameters.path(context, COLLECTION, text -> text);
        stream(
                context,
                scope,
                format == ExportFormat.PARQUET ? PARQUET : LINES,
                "an export of " + collection,
                (used, target) -> operations.export(
                        used, collection, format, parameters.value("partition"), parameters.value("after"), target));
    }

    private void iterate(Context context) {
        Parameters parameters =
                Parameters.of(context, CollectionRoutes.DATABASE, CollectionRoutes.TENANT, CollectionRoutes.INT64);
        Scope scope = CollectionRoutes.scope(config, parameters);
        String collection = Parameters.path(context, COLLECTION, text -> text);
        Request request = new Request(
                Map.of(COLLECTION, collection),
                JsonInput.of(reader.one(context)),
                CollectionRoutes.longsAsText(parameters),
                false);
        stream(
                context,
                scope,
                LINES,
                "a search in " + collection,
                (used, target) -> SearchStream.write(used, request, target));
    }

    /** @param what is sent, for the log */
    private void stream(
            Context context,
            Scope scope,
            String type,
            String what,
            BiConsumer<VectorStore, StreamOperations.Target> written) {
        AtomicBoolean begun = new AtomicBoolean();
        StreamOperations.Target target = () -> {
            begun.set(true);
            context.status(200).contentType(type);
            return context.method().equals(HandlerType.HEAD)
                    ? OutputStream.nullOutputStream()
                    : context.res().getOutputStream();
        };
        context.future(() -> store.beginStream(scope, used -> {
                    written.accept(used, target);
                    return true;
                })
                .exceptionally(failure -> {
                    if (begun.get() && failure instanceof UncheckedIOException gone) {
                        LOG.info("{}: {}", gone.getMessage(), gone.getCause());
                    } else if (begun.get()) {
                        // Its last line is missing, or its footer, by which the client knows.
                        LOG.warn("{} ended early", what, failure);
                    } else {
                        Answers.failure(context, CollectionRoutes.refusal(failure));
                    }
                    return false;
                }));
    }

    private void take(Context context) {
        Parameters parameters = Parameters.of(context, ImportParameters.ALL);
        ImportParameters asked = ImportParameters.of(parameters);
        Scope scope = CollectionRoutes.scope(config, parameters);
        String collection = Parameters.path(context, COLLECTION, text -> text);
        context.future(() -> {
            CompletableFuture<Reply> reply =
                    Replies.refusing(store.beginStream(scope, used -> take(used, collection, asked, context)));
            return reply.thenAccept(done -> Replies.write(context, done)).exceptionally(failure -> {
                Answers.failure(context, failure);
                return null;
            });
        });
    }

    private Reply take(VectorStore used, String collection, ImportParameters asked, Context context) {
        if (asked.vectors().isPresent()) {
            return files.takeVectors(used, collection, asked.vectors().get(), file(context));
        }
        return asked.format() == ExportFormat.PARQUET
                ? files.takeParquet(used, collection, asked.aliases(), file(context))
                : operations.take(used, collection, asked.aliases(), asked.skip(), body(context));
    }

    private static FileImports.Body file(Context context) {
        return new FileImports.Body(body(context), context.req().getContentLengthLong());
    }

    private static InputStream body(Context context) {
        try {
            return context.req().getInputStream();
        } catch (IOException e) {
            throw new UncheckedIOException("the body cannot be read", e);
        }
    }
}
