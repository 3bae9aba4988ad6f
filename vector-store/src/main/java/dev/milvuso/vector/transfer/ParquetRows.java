package dev.milvuso.vector.transfer;

import dev.milvuso.vector.Entity;
import dev.milvuso.vector.json.JsonBytes;
import dev.milvuso.vector.json.JsonInput;
import dev.milvuso.vector.transfer.parquet.ParquetFile;
import dev.milvuso.vector.transfer.part.PartInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Function;

/**
 * The rows of a file that {@link ParquetStream} wrote, or somebody who would have us believe so: whatever it holds,
 * little of it is in memory at a time. Not for use by several threads.
 */
public final class ParquetRows extends DescribedRows {
    private static final int MOST_SHARES = 1_000_000;

    private final String name;
    private final ParquetFile file;
    private final List<ParquetStream.Share> shares;

    /**
     * Looks at all but the rows themselves.
     *
     * @param name of the file, as messages have it
     * @param file whose channel stays open as long as the rows are read
     * @throws IllegalArgumentException in one line beginning with the name, if it is damaged or no export
     */
    public ParquetRows(String name, ParquetFile file) {
        super(said(name, file, ParquetStream.COLLECTION, Manifest::head));
        this.name = name;
        this.file = file;
        this.shares = said(name, file, ParquetStream.ROWS, ParquetRows::shares);
        checkShares();
        checkColumns();
    }

    /** Whether a file says of itself that it is an export; others may hold rows all the same. */
    public static boolean isExport(ParquetFile file) {
        return file.said().containsKey(ParquetStream.COLLECTION);
    }

    private static String oneLine(Exception failure) {
        String message = failure.getMessage();
        return message == null
                ? failure.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }

    private static <T> T said(String name, ParquetFile file, String what, Function<byte[], T> reader) {
        String text = file.said().get(what);
        if (text == null) {
            throw new IllegalArgumentException(
                    name + " is no collection's: " + what + " is missing in its metadata, where an export has it");
        }
        try {
            return reader.apply(text.getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + " is no collection's: " + what + ": " + oneLine(e), e);
        }
    }

    private static List<ParquetStream.Share> shares(byte[] json) {
        List<ParquetStream.Share> shares = new ArrayList<>();
        for (JsonInput share : JsonBytes.read(json).elements(MOST_SHARES)) {
            List<JsonInput> two = share.elements(2);
            if (two.size() != 2 || two.get(1).whole() < 1) {
                throw share.mismatch("must be a partition's name and its rows");
            }
            shares.add(new ParquetStream.Share(two.get(0).text(), two.get(1).whole()));
        }
        return shares;
    }

    private void checkShares() {
        long rows = 0;
        for (ParquetStream.Share share : shares) {
            if (!partitions().contains(share.partition())) {
                throw new IllegalArgumentException(
                        name + " has rows of a partition " + share.partition() + " that its collection has not");
            }
            rows += share.rows();
        }
        if (rows != file.rows()) {
            throw new IllegalArgumentException(name + " has " + file.rows() + " rows and says that it has " + rows);
        }
    }

    /** Before a collection is made for them. */
    private void checkColumns() {
        try (PartInput input = file.read(schema())) {
            Objects.requireNonNull(input);
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException(name + " is no collection's: " + oneLine(e), e);
        }
    }

    @Override
    public long count() {
        return file.rows();
    }

    /** Nobody has looked whether its rows are as an export has them. */
    @Override
    public boolean isOrdered() {
        return false;
    }

    @Override
    public Rows behind(Mark mark) {
        Batches batches = new Batches();
        batches.skip(mark.rows());
        return batches;
    }

    private final class Batches implements Rows {
        private final int most = BatchSize.rows(schema());
        private final PartInput input = input();
        private int share;

        /** Of the share. */
        private long row;

        /** Of the file. */
        private long number;

        private PartInput input() {
            try {
                return file.read(schema());
            } catch (IOException | RuntimeException e) {
                throw new IllegalArgumentException(name + " is damaged: " + oneLine(e), e);
            }
        }

        void skip(long rows) {
            for (long i = 0; i < rows && hasNext(); i++) {
                Entity unused = entity();
                counted();
            }
        }

        private Entity entity() {
            try {
                Entity next = input.next().orElseThrow(() -> new IllegalArgumentException("is missing"));
                if (next.key().isEmpty()) {
                    throw new IllegalArgumentException("has no key");
                }
                return next;
            } catch (IOException | RuntimeException e) {
                throw new IllegalArgumentException(name + " row " + (number + 1) + ": " + oneLine(e), e);
            }
        }

        private void counted() {
            number++;
            row++;
            if (row == shares.get(share).rows()) {
                share++;
                row = 0;
            }
        }

        @Override
        public boolean hasNext() {
            return share < shares.size();
        }

        @Override
        public RowBatch next() {
            if (!hasNext()) {
                throw new NoSuchElementException("no more rows of " + name);
            }
            int of = share;
            List<Entity> rows = new ArrayList<>();
            while (share == of && rows.size() < most) {
                rows.add(entity());
                counted();
            }
            return new RowBatch(shares.get(of).partition(), rows);
        }

        @Override
        public void close() {
            try {
                input.close();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot close " + name + ": " + e.getMessage(), e);
            }
        }
    }
}
