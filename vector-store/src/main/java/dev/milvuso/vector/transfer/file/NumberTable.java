package dev.milvuso.vector.transfer.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Numbers in a file that lie row behind row, or column behind column.
 *
 * @param offset of the first number, in bytes
 * @param rows of so many numbers
 * @param gap bytes before each row, which lie before the offset for the first one
 * @param byColumns whether the first numbers of all rows come first
 */
record NumberTable(
        FileBytes file,
        long offset,
        long rows,
        int dimension,
        NumberFormat format,
        ByteOrder order,
        int gap,
        boolean byColumns) {
    /** Within these every product of a row's bytes fits an int. */
    private static final int MOST_NUMBERS = 1 << 20;

    /** @throws IllegalArgumentException if a row has no or far too many numbers */
    NumberTable {
        if (dimension < 1 || dimension > MOST_NUMBERS) {
            throw file.wrong("has vectors of " + dimension + " numbers: must be 1 to " + MOST_NUMBERS);
        }
    }

    long rowBytes() {
        return gap + (long) dimension * format.bytes();
    }

    float[][] read(long first, int count) {
        if (first < 0 || count < 0 || first > rows - count) {
            throw new IllegalArgumentException(
                    "rows " + first + " to " + (first + count) + " of " + file.name() + ": it has " + rows);
        }
        return byColumns ? columns(first, count) : rows(first, count);
    }

    private float[][] rows(long first, int count) {
        float[][] vectors = new float[count][dimension];
        int rowBytes = (int) rowBytes();
        int most = Math.max(1, MOST_NUMBERS / rowBytes);
        for (int from = 0; from < count; from += most) {
            int some = Math.min(most, count - from);
            ByteBuffer bytes = file.read(offset + (first + from) * rowBytes, some * rowBytes - gap)
                    .order(order);
            for (int i = 0; i < some; i++) {
                for (int j = 0; j < dimension; j++) {
                    vectors[from + i][j] = format.read(bytes, i * rowBytes + j * format.bytes());
                }
            }
        }
        return vectors;
    }

    private float[][] columns(long first, int count) {
        float[][] vectors = new float[count][dimension];
        for (int j = 0; j < dimension; j++) {
            ByteBuffer bytes = file.read(offset + (j * rows + first) * format.bytes(), count * format.bytes())
                    .order(order);
            for (int i = 0; i < count; i++) {
                vectors[i][j] = format.read(bytes, i * format.bytes());
            }
        }
        return vectors;
    }
}
