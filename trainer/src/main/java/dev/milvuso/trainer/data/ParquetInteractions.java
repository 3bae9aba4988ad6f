package dev.milvuso.trainer.data;

import dev.milvuso.trainer.data.parquet.Column;
import dev.milvuso.trainer.data.parquet.Column.Kind;
import dev.milvuso.trainer.data.parquet.ParquetTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads interactions from the columns of a Parquet file, which are called as in a CSV. */
final class ParquetInteractions implements InteractionReader {
    private static final List<Kind> KINDS = List.of(Kind.NAME, Kind.NAME, Kind.NAME, Kind.NUMBER, Kind.TIME);

    private final Path file;
    private final OnError onError;
    private final InteractionCheck check;
    private final ParquetTable table;
    private final CellFields fields;
    private final double bytesOfRow;
    private final SkippedLines skipped = new SkippedLines();
    private long row;
    private volatile long rowsRead;

    private ParquetInteractions(Path file, OnError onError, InteractionCheck check, ParquetTable table)
            throws IOException {
        this.file = file;
        this.onError = onError;
        this.check = check;
        this.table = table;
        this.fields = select(table);
        this.bytesOfRow = (double) Files.size(file) / Math.max(1, table.rows());
    }

    /** @throws IllegalArgumentException if the file cannot be opened or lacks a column */
    static ParquetInteractions open(Path file, OnError onError, InteractionCheck check) {
        try {
            TextFile.checkIsFile(file);
            ParquetTable table = ParquetTable.open(file);
            try {
                return new ParquetInteractions(file, onError, check, table);
            } catch (IllegalArgumentException e) {
                table.close();
                throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be opened: " + e.getMessage(), e);
        } catch (LinkageError e) {
            throw new IllegalStateException(
                    "Hadoop's and Parquet's libraries are not on the class path: see docs/decisions/archive.md", e);
        }
    }

    private static CellFields select(ParquetTable table) {
        List<String> names = ColumnNames.ofActions(table.columns());
        List<Column> selected = new ArrayList<>();
        int[] places = new int[names.size()];
        for (int i = 0; i < places.length; i++) {
            boolean there = i < ColumnNames.NEEDED || table.columns().contains(names.get(i));
            places[i] = there ? selected.size() : -1;
            if (there) {
                selected.add(new Column(names.get(i), KINDS.get(i)));
            }
        }
        table.select(selected);
        return new CellFields(names, places);
    }

    @Override
    public @Nullable Interaction next() {
        while (hasNext()) {
            row++;
            rowsRead = row;
            try {
                Interaction interaction = fields.toInteraction(table);
                check.check(interaction);
                return interaction;
            } catch (IllegalArgumentException e) {
                String message = file + " row " + row + ": " + e.getMessage();
                if (onError == OnError.FAIL) {
                    throw new IllegalArgumentException(message, e);
                }
                skipped.add(message);
            }
        }
        return null;
    }

    private boolean hasNext() {
        try {
            return table.next();
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read after row " + row + ": " + e.getMessage(), e);
        }
    }

    @Override
    public long skipped() {
        return skipped.count();
    }

    /** About: rows are taken to be of one size. */
    @Override
    public long bytesRead() {
        return Math.round(rowsRead * bytesOfRow);
    }

    @Override
    public long line() {
        return row;
    }

    @Override
    public void close() {
        try {
            table.close();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be closed: " + e.getMessage(), e);
        }
    }
}
