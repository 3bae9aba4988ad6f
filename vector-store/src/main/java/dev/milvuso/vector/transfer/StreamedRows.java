package dev.milvuso.vector.transfer;

import dev.milvuso.vector.Entity;
import dev.milvuso.vector.json.JsonBytes;
import dev.milvuso.vector.json.JsonInput;
import dev.milvuso.vector.transfer.part.RowLine;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The rows of a stream that {@link RowStream} wrote, a batch of which is in memory. It is read once. Not for use by
 * several threads.
 */
public final class StreamedRows extends DescribedRows {
    private final LineInput lines;
    private final RowLine rows;
    private final MessageDigest digest = Durable.sha256();
    private String partition;
    private long count;
    private boolean ended;

    /**
     * Reads the head.
     *
     * @param longestLine in bytes; longer ones are refused
     * @throws IllegalArgumentException naming the line and what is wrong with it
     */
    public StreamedRows(InputStream in, int longestLine) throws IOException {
        this(new LineInput(in, longestLine));
    }

    private StreamedRows(LineInput lines) {
        super(lines.parsed(Manifest::head));
        this.lines = lines;
        this.rows = new RowLine(schema());
        this.partition = partitions().isEmpty() ? "" : partitions().get(0);
    }

    /** How many have been read: how many will come is not known before the end. */
    @Override
    public long count() {
        return count;
    }

    @Override
    public boolean isOrdered() {
        return false;
    }

    /** @param mark of which the number of rows counts: so many are read and passed over */
    @Override
    public Rows behind(Mark mark) {
        return new Batches(BatchSize.rows(schema()), mark.rows());
    }

    private final class Batches implements Rows {
        private final int most;
        private List<Entity> ready = new ArrayList<>();
        private String of = partition;
        private long skipped;

        Batches(int most, long skipped) {
            this.most = most;
            this.skipped = skipped;
        }

        @Override
        public boolean hasNext() {
            while (ready.isEmpty() && !ended) {
                fill();
            }
            return !ready.isEmpty();
        }

        /** Up to a partition's end, the stream's or a batch's. */
        private void fill() {
            of = partition;
            while (ready.size() < most && !ended && of.equals(partition)) {
                byte[] line = lines.next();
                if (line.length > 0 && line[0] == '[') {
                    lines.parse(line, mark -> mark(mark));
                } else {
                    if (skipped > 0) {
                        skipped--;
                    } else {
                        ready.add(lines.parse(line, rows::read));
                    }
                    digest.update(line);
                    digest.update((byte) '\n');
                    count++;
                }
            }
        }

        @Override
        public RowBatch next() {
            if (!hasNext()) {
                throw new NoSuchElementException("no more rows of the stream");
            }
            RowBatch batch = new RowBatch(of, ready);
            ready = new ArrayList<>();
            return batch;
        }
    }

    private boolean mark(byte[] line) {
        JsonInput document = JsonBytes.read(line);
        List<JsonInput> mark = document.elements(3);
        String what = mark.isEmpty() ? "" : mark.get(0).text();
        if (what.equals(RowStream.PARTITION) && mark.size() == 2) {
            partition = mark.get(1).text();
            if (!partitions().contains(partition)) {
                throw mark.get(1).mismatch("is a partition that the first line does not name");
            }
        } else if (what.equals(RowStream.END) && mark.size() == 3) {
            end(mark.get(1), mark.get(2));
        } else {
            throw document.mismatch(
                    "is an array: must be a row, or [\"partition\", name], or [\"end\", rows, SHA-256]");
        }
        return ended;
    }

    private void end(JsonInput written, JsonInput sha256) {
        if (written.whole() != count) {
            throw written.mismatch("is " + written.whole() + ": " + count + " rows have come");
        }
        if (!sha256.text().equals(Durable.hex(digest))) {
            throw sha256.mismatch("is not the SHA-256 of the rows that have come");
        }
        ended = true;
    }
}
