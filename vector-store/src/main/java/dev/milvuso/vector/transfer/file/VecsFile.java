package dev.milvuso.vector.transfer.file;

import dev.milvuso.vector.Metric;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code .fvecs} and {@code .bvecs}: each vector is its dimension, an int of 32 bits, and its numbers, all
 * little-endian (http://corpus-texmex.irisa.fr).
 */
final class VecsFile implements VectorFile {
    private final FileBytes file;
    private final NumberTable table;

    private VecsFile(FileBytes file, NumberTable table) {
        this.file = file;
        this.table = table;
    }

    static VecsFile read(FileBytes file, NumberFormat format) {
        int dimension = file.read(0, Integer.BYTES).getInt();
        // The first row's dimension lies before the offset.
        NumberTable one = table(file, format, dimension, 1);
        long rows = file.length() / one.rowBytes();
        file.checkFills(0, rows, one.rowBytes());
        return new VecsFile(file, table(file, format, dimension, rows));
    }

    private static NumberTable table(FileBytes file, NumberFormat format, int dimension, long rows) {
        return new NumberTable(
                file, Integer.BYTES, rows, dimension, format, ByteOrder.LITTLE_ENDIAN, Integer.BYTES, false);
    }

    @Override
    public Path path() {
        return file.path();
    }

    @Override
    public int dimension() {
        return table.dimension();
    }

    @Override
    public long count() {
        return table.rows();
    }

    @Override
    public Optional<Metric> metric() {
        return Optional.empty();
    }

    @Override
    public Optional<RowIds> ids() {
        return Optional.empty();
    }

    /** @throws IllegalArgumentException also if one of these rows has another dimension than the first */
    @Override
    public float[][] read(long first, int count) {
        for (long row = first; row < first + count; row++) {
            int dimension = file.read(row * table.rowBytes(), Integer.BYTES).getInt();
            if (dimension != table.dimension()) {
                throw file.wrong("has a vector of " + dimension + " numbers at row " + row + ": the first has "
                        + table.dimension());
            }
        }
        return table.read(first, count);
    }

    @Override
    public void close() {
        file.close();
    }
}
