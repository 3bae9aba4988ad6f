package dev.milvuso.vector.transfer;

import dev.milvuso.vector.Entity;
import dev.milvuso.vector.json.JsonBytes;
import dev.milvuso.vector.transfer.parquet.ParquetFile;
import dev.milvuso.vector.transfer.part.PartOutput;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A collection as one Parquet file, written as it is read. What there is to know beside its rows, schema, indexes,
 * partitions and aliases, and how many rows each partition has, stands in the file's metadata. Some megabytes of rows
 * are in memory. {@link ParquetRows} reads it.
 */
public record ParquetStream(RowSource source) {
    /** What comes first in a {@link RowStream}. */
    static final String COLLECTION = "milvuso.collection";

    /** A list of lists of a partition's name and its rows, in the order of the rows. */
    static final String ROWS = "milvuso.rows";

    /** How many rows lie in a partition, of those in the file. */
    record Share(String partition, long rows) {}

    /**
     * Writes the rows and closes the stream.
     *
     * @param mark behind which rows are wanted
     * @throws UnsupportedOperationException if Parquet's libraries are not there; nothing has been written then
     */
    public void write(Mark mark, OutputStream out) throws IOException {
        ExportFormat.PARQUET.requireLibraries();
        List<Share> shares = new ArrayList<>();
        String head = text(new RowStream(source).head());
        UntilFault file = new UntilFault(out);
        try (PartOutput rows = ParquetFile.write(source.schema(), file, () -> said(head, shares))) {
            try (RowSource.Rows batches = source.behind(mark)) {
                while (batches.hasNext()) {
                    RowBatch batch = batches.next();
                    for (Entity row : batch.rows()) {
                        rows.write(row);
                    }
                    count(shares, batch);
                }
            } catch (IOException | RuntimeException | Error e) {
                // What is closed would be a whole file, of fewer rows.
                file.isFaulty = true;
                throw e;
            }
        }
    }

    private static void count(List<Share> shares, RowBatch batch) {
        int last = shares.size() - 1;
        long rows = batch.rows().size();
        if (last >= 0 && shares.get(last).partition().equals(batch.partition())) {
            shares.set(last, new Share(batch.partition(), shares.get(last).rows() + rows));
        } else {
            shares.add(new Share(batch.partition(), rows));
        }
    }

    private static Map<String, String> said(String head, List<Share> shares) {
        byte[] rows = JsonBytes.of(json -> {
            json.writeStartArray();
            for (Share share : shares) {
                json.writeStartArray();
                json.writeString(share.partition());
                json.writeNumber(share.rows());
                json.writeEndArray();
            }
            json.writeEndArray();
        });
        return Map.of(COLLECTION, head, ROWS, text(rows));
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8).strip();
    }

    /** Lets nothing through any more once something has gone wrong. */
    private static final class UntilFault extends FilterOutputStream {
        private boolean isFaulty;

        UntilFault(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            if (!isFaulty) {
                out.write(b);
            }
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (!isFaulty) {
                out.write(bytes, from, length);
            }
        }
    }
}
