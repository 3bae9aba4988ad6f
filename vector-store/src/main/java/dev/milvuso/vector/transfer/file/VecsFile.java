package dev.milvuso.vector.transfer.file;

import java.nio.ByteOrder;

/**
 * {@code .fvecs} and {@code .bvecs}: each vector is its dimension, an int of 32 bits, and its numbers, all
 * little-endian (http://corpus-texmex.irisa.fr).
 */
final class VecsFile {
    private VecsFile() {}

    static VectorFile read(FileBytes file, NumberFormat format) {
        int dimension = file.read(0, Integer.BYTES).getInt();
        // The first row's dimension lies before the offset.
        NumberTable one = table(file, format, dimension, 1);
        long rows = file.length() / one.rowBytes();
        file.checkFills(0, rows, one.rowBytes());
        return new TableFile(file, table(file, format, dimension, rows), row -> check(file, one, row));
    }

    private static NumberTable table(FileBytes file, NumberFormat format, int dimension, long rows) {
        return new NumberTable(
                file, Integer.BYTES, rows, dimension, format, ByteOrder.LITTLE_ENDIAN, Integer.BYTES, false);
    }

    /** @throws IllegalArgumentException if a row has another dimension than the first */
    private static void check(FileBytes file, NumberTable first, long row) {
        int dimension = file.read(row * first.rowBytes(), Integer.BYTES).getInt();
        if (dimension != first.dimension()) {
            throw file.wrong(
                    "has a vector of " + dimension + " numbers at row " + row + ": the first has " + first.dimension());
        }
    }
}
