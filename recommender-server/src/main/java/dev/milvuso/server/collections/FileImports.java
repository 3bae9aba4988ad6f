package dev.milvuso.server.collections;

import dev.milvuso.vector.Metric;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.transfer.Bookmark;
import dev.milvuso.vector.transfer.CollectionCopy;
import dev.milvuso.vector.transfer.ExportFormat;
import dev.milvuso.vector.transfer.ParquetRows;
import dev.milvuso.vector.transfer.Progress;
import dev.milvuso.vector.transfer.file.RowIds;
import dev.milvuso.vector.transfer.file.VectorFile;
import dev.milvuso.vector.transfer.file.VectorFileRows;
import dev.milvuso.vector.transfer.file.VectorFormat;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.ToLongFunction;

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
     * What {@link StreamOperations#export} has sent as Parquet.
     *
     * @param aliases whether the collection gets those that the file names
     */
    public Reply takeParquet(VectorStore store, String collection, boolean aliases, Body body) {
        ExportFormat.PARQUET.requireLibraries();
        return take(store, collection, body, file -> {
            CollectionCopy copy = new CollectionCopy(ParquetRows.of(NAME, file.channel()), store, collection);
            return (aliases ? copy.withAliases() : copy).run(Bookmark.none(), Progress.NONE);
        });
    }

    public Reply takeVectors(VectorStore store, String collection, Vectors vectors, Body body) {
        return take(store, collection, body, file -> {
            try (VectorFile opened = VectorFile.open(file.channel(), NAME, vectors.format());
                    RowIds ids = opened.ids().orElseGet(() -> RowIds.positions(opened.count()))) {
                Metric metric = vectors.metric().or(opened::metric).orElse(Metric.COSINE);
                VectorFileRows rows = new VectorFileRows(opened, ids, metric, collection, vectors.field());
                return new CollectionCopy(rows, store, collection).run(Bookmark.none(), Progress.NONE);
            }
        });
    }

    /** What can be refused without the body is, before it is read. */
    private Reply take(VectorStore store, String collection, Body body, ToLongFunction<SpooledBody> written) {
        own.refuse(store, StreamOperations.checked(collection));
        try (SpooledBody file = SpooledBody.of(body.bytes(), body.length(), mostBytes)) {
            return StreamOperations.rows(written.applyAsLong(file));
        }
    }
}
