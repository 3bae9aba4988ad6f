package dev.milvuso.server.collections;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Names;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.transfer.CollectionCopy;
import dev.milvuso.vector.transfer.ExportFormat;
import dev.milvuso.vector.transfer.Mark;
import dev.milvuso.vector.transfer.ParquetStream;
import dev.milvuso.vector.transfer.RowStream;
import dev.milvuso.vector.transfer.StoreRows;
import dev.milvuso.vector.transfer.StreamedRows;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whole collections as streams, of lines or, on their way out, Parquet: a batch of rows is in memory, of Parquet some
 * megabytes more. Who reads or sends slowly is waited for.
 *
 * @param longestLine of what is taken, in bytes
 */
public record StreamOperations(OwnCollections own, int longestLine) {
    private static final String AFTER = "after";
    private static final String PARTITION = "partition";
    private static final int BUFFER = 1 << 16;

    private static final Logger LOG = LoggerFactory.getLogger(StreamOperations.class);

    /** What is written to once it is known that there is something to write. */
    public interface Target {
        OutputStream open() throws IOException;
    }

    /**
     * @param partition where to go on; none is the first
     * @param after the key behind which to go on
     */
    public void export(
            VectorStore store,
            String collection,
            ExportFormat format,
            Optional<String> partition,
            Optional<String> after,
            Target target) {
        format.requireLibraries();
        CollectionSchema schema = there(store, collection);
        StoreRows rows = new StoreRows(store, schema.name());
        Mark mark = mark(rows, partition, after);
        Refusal.conflicting(Request.COLLECTION, () -> rows.check(mark));
        try {
            if (format == ExportFormat.PARQUET) {
                parquet(rows, mark, target);
            } else {
                lines(rows, mark, target);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the client of an export of " + collection + " is gone", e);
        }
    }

    private static void lines(StoreRows rows, Mark mark, Target target) throws IOException {
        RowStream stream = new RowStream(rows);
        byte[] head = stream.head();
        OutputStream out = target.open();
        out.write(head);
        stream.write(mark, out);
    }

    private static void parquet(StoreRows rows, Mark mark, Target target) throws IOException {
        ParquetStream stream = new ParquetStream(rows);
        OutputStream out = target.open();
        stream.write(mark, out);
    }

    private static CollectionSchema there(VectorStore store, String collection) {
        return store.describe(collection)
                .orElseThrow(() -> new Refusal(404, Request.COLLECTION, "there is no collection " + collection));
    }

    private static Mark mark(StoreRows rows, Optional<String> partition, Optional<String> after) {
        String in = partition.orElseGet(() -> rows.partitions().get(0));
        if (!rows.partitions().contains(in)) {
            throw new Refusal(404, PARTITION, "there is no partition " + in);
        }
        return new Mark(0, Optional.of(in), after.map(text -> key(rows.schema(), text)));
    }

    private static Id key(CollectionSchema schema, String text) {
        if (schema.key().type() instanceof Field.Type.Text) {
            return Id.of(text);
        }
        try {
            return Id.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw new Refusal(400, AFTER, "after must be a whole number of 64 bits, as the keys are");
        }
    }

    /**
     * Makes the collection if it is not there, with the indexes that the stream names, and puts the rows by key: what
     * is sent again stands there once.
     *
     * @param aliases whether it gets the aliases that the stream names
     * @param skip of the rows, which an earlier import of the same stream has stored
     */
    public Reply take(VectorStore store, String collection, boolean aliases, long skip, InputStream in) {
        String name = checked(collection);
        own.refuse(store, name);
        try {
            return new ImportRun(name, skip).of(() -> {
                CollectionCopy copy = new CollectionCopy(streamed(in), store, name);
                return aliases ? copy.withAliases() : copy;
            });
        } catch (RuntimeException e) {
            passOver(in);
            throw e;
        }
    }

    /** Reads on for a while: who still sends while the connection is closed may never see the answer. */
    private static void passOver(InputStream in) {
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        try {
            for (int read = in.read(buffer); read >= 0 && size < SpooledBody.PASSED_OVER; read = in.read(buffer)) {
                size += read;
            }
        } catch (IOException e) {
            LOG.debug("the client of an import sends no more", e);
        }
    }

    private StreamedRows streamed(InputStream in) {
        try {
            return new StreamedRows(new ClientBody(in), longestLine);
        } catch (IOException e) {
            throw new UncheckedIOException("the body cannot be read", e);
        }
    }

    static Reply rows(long written) {
        return Reply.of(out -> {
            out.writeStartObject();
            out.writeNumberField("rows", written);
            out.writeEndObject();
        });
    }

    static String checked(String collection) {
        try {
            return Names.checked(Request.COLLECTION, collection);
        } catch (IllegalArgumentException e) {
            throw new Refusal(400, Request.COLLECTION, String.valueOf(e.getMessage()));
        }
    }
}
