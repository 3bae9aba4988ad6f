package dev.milvuso.vector.transfer;

import dev.milvuso.vector.Entity;
import dev.milvuso.vector.json.JsonBytes;
import dev.milvuso.vector.transfer.part.RowLine;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;

/**
 * A collection as one stream of lines: first an object with its schema, indexes, partitions and aliases, then a row a
 * line, <code>["partition", name]</code> before those of another partition, and last <code>["end", rows, SHA-256]
 * </code>, without which it was cut off. The SHA-256 is of the rows' lines. A batch of rows is in memory.
 */
public final class RowStream {
    static final String PARTITION = "partition";
    static final String END = "end";

    private final RowSource source;

    public RowStream(RowSource source) {
        this.source = source;
    }

    /** What comes first, which asks the source and may fail as it does. */
    public byte[] head() {
        return line(new Manifest(
                        source.schema(),
                        source.indexes(),
                        source.partitions(),
                        source.aliases(),
                        ExportFormat.JSONL,
                        List.of())
                .head());
    }

    /**
     * Writes the rows and the end.
     *
     * @param mark behind which rows are wanted: of a stream that was cut off, the last row that came
     */
    public void write(Mark mark, OutputStream out) throws IOException {
        RowLine lines = new RowLine(source.schema());
        MessageDigest digest = Durable.sha256();
        String partition =
                source.partitions().isEmpty() ? "" : source.partitions().get(0);
        long rows = 0;
        try (RowSource.Rows batches = source.behind(mark)) {
            while (batches.hasNext()) {
                RowBatch batch = batches.next();
                if (!batch.partition().equals(partition)) {
                    partition = batch.partition();
                    out.write(mark(PARTITION, partition));
                }
                for (Entity row : batch.rows()) {
                    byte[] line = lines.of(row);
                    digest.update(line);
                    out.write(line);
                    rows++;
                }
            }
        }
        long written = rows;
        out.write(line(JsonBytes.of(json -> {
            json.writeStartArray();
            json.writeString(END);
            json.writeNumber(written);
            json.writeString(Durable.hex(digest));
            json.writeEndArray();
        })));
        out.flush();
    }

    private static byte[] mark(String what, String name) {
        return line(JsonBytes.of(json -> {
            json.writeStartArray();
            json.writeString(what);
            json.writeString(name);
            json.writeEndArray();
        }));
    }

    private static byte[] line(byte[] json) {
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        return line;
    }
}
