package dev.milvuso.server.collections;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.transfer.CollectionCopy;
import dev.milvuso.vector.transfer.ExportFormat;
import dev.milvuso.vector.transfer.RowSource;
import dev.milvuso.vector.transfer.file.RowIds;
import dev.milvuso.vector.transfer.file.TableRows;
import dev.milvuso.vector.transfer.file.VectorFile;
import dev.milvuso.vector.transfer.file.VectorFileRows;
import dev.milvuso.vector.transfer.file.VectorFormat;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Function;

/**
 * Whole collections from files that are read at any place, and so must be there to their end: Parquet, and vectors of
 * NumPy and Faiss. They wait on the disk; a batch of their rows is in memory.
 *
 * @param mostBytes that a file may have
 */
public record FileImports(OwnCollections own, long mostBytes) {
    /** In messages, whose subject it is. */
    private static final String NAME = "the body";

    /**
     * A body.
     *
     * @param length as its header says, or less than 0
     */
    public record Body(InputStream bytes, long length) {}

    /**
     * How vectors become rows. Their keys are the file's own, or 0, 1, 2 and so on.
     *
     * @param metric none is the file's, or the cosine
     * @param field the name of the collection's vector field
     */
    public record Vectors(VectorFormat format, Optional<Metric> metric, String field) {}

    /**
     * What {@link StreamOperations#export} has sent as Parquet, or a table that another program wrote, for a collection
     * that is there.
     *
     * @param aliases whether the collection gets those that the export names
     */
    public Reply takeParquet(VectorStore store, String collection, boolean aliases, Body body) {
        ExportFormat.PARQUET.requireLibraries();
        return take(store, collection, body, file -> {
            RowSource rows = TableRows.of(NAME, file.channel(), () -> there(store, collection));
            if (!(rows instanceof TableRows)) {
                CollectionCopy copy = new CollectionCopy(rows, store, collection);
                return aliases ? copy.withAliases() : copy;
            }
            if (aliases) {
                throw new Refusal(400, "aliases", "aliases is of exports: the body is none and names no aliases");
            }
            return new CollectionCopy(rows, store, rows.schema().name());
        });
    }

    private static CollectionSchema there(VectorStore store, String collection) {
        return store.describe(collection)
                .orElseThrow(() -> new Refusal(
                        404,
                        Request.COLLECTION,
                        "there is no collection " + collection
                                + ": create it first, as the body is no export, which would say what it is like"));
    }

    public Reply takeVectors(VectorStore store, String collection, Vectors vectors, Body body) {
        return take(store, collection, body, file -> {
            VectorFile opened = VectorFile.open(file.channel(), NAME, vectors.format());
            RowIds ids = opened.ids().orElseGet(() -> RowIds.positions(opened.count()));
            Metric metric = vectors.metric().or(opened::metric).orElse(Metric.COSINE);
            return new CollectionCopy(
                    new VectorFileRows(opened, ids, metric, collection, vectors.field()), store, collection);
        });
    }

    /**
     * What can be refused without the body is, before it is read.
     *
     * @param copy of the file, which is closed behind it
     */
    private Reply take(VectorStore store, String collection, Body body, Function<SpooledBody, CollectionCopy> copy) {
        own.refuse(store, StreamOperations.checked(collection));
        try (SpooledBody file = SpooledBody.of(body.bytes(), body.length(), mostBytes)) {
            return new ImportRun(collection).of(() -> copy.apply(file));
        }
    }
}
