package dev.milvuso.vector.transfer.file;

import dev.milvuso.vector.Metric;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * A flat index of Faiss, by itself or in an {@code IndexIDMap}, as {@code faiss.write_index} writes it: four letters,
 * the header, how many floats there are, and the floats; of a map its own letters and header come before, and how many
 * ids there are and the ids behind. All little-endian.
 */
final class FaissFile {
    private static final Set<String> FLAT = Set.of("IxF2", "IxFI", "IxFl");
    private static final Set<String> MAPS = Set.of("IxMp", "IxM2");
    private static final int LETTERS = 4;

    /** Dimension, count, two numbers without a meaning, whether it is trained, metric. */
    private static final int HEADER = 4 + 8 + 8 + 8 + 1 + 4;

    private static final int INNER_PRODUCT = 0;
    private static final int SQUARED_DISTANCE = 1;

    private FaissFile() {}

    /** Whether it begins as the indexes of Faiss do, those that are not read too. */
    static boolean begins(FileBytes file) {
        return file.length() >= LETTERS + HEADER && letters(file, 0).matches("I[A-Za-z0-9]{3}");
    }

    private static String letters(FileBytes file, long offset) {
        return StandardCharsets.ISO_8859_1.decode(file.read(offset, LETTERS)).toString();
    }

    static VectorFile read(FileBytes file) {
        boolean isMap = MAPS.contains(letters(file, 0));
        long offset = isMap ? LETTERS + HEADER : 0;
        String letters = letters(file, offset);
        if (!FLAT.contains(letters)) {
            throw file.wrong("holds an index of Faiss of kind '" + letters
                    + "': IndexFlatL2, IndexFlatIP and an IndexIDMap of them are read");
        }
        ByteBuffer header = file.read(offset + LETTERS, HEADER);
        int dimension = header.getInt();
        long count = header.getLong();
        Metric metric = metric(file, header.getInt(HEADER - Integer.BYTES));
        long floats = offset + LETTERS + HEADER;
        NumberTable table = new NumberTable(
                file, floats + Long.BYTES, count, dimension, NumberFormat.FLOAT32, ByteOrder.LITTLE_ENDIAN, 0, false);
        long written = file.read(floats, Long.BYTES).getLong();
        if (count < 0 || count > file.length() || written != count * dimension) {
            throw file.wrong(
                    "says that it has " + count + " vectors of " + dimension + " numbers and " + written + " numbers");
        }
        long end = table.offset() + count * table.rowBytes();
        if (!isMap) {
            file.checkFills(table.offset(), count, table.rowBytes());
            return new TableFile(file, table, Optional.of(metric), Optional.empty(), TableFile::unchecked);
        }
        long ids = file.read(end, Long.BYTES).getLong();
        if (ids != count) {
            throw file.wrong("has " + count + " vectors and " + ids + " ids");
        }
        file.checkFills(end + Long.BYTES, count, Long.BYTES);
        RowIds own = new LongIds(file, end + Long.BYTES, count, ByteOrder.LITTLE_ENDIAN);
        return new TableFile(file, table, Optional.of(metric), Optional.of(own), TableFile::unchecked);
    }

    private static Metric metric(FileBytes file, int number) {
        return switch (number) {
            case INNER_PRODUCT -> Metric.INNER_PRODUCT;
            case SQUARED_DISTANCE -> Metric.EUCLIDEAN;
            default ->
                throw file.wrong("is compared by Faiss's metric " + number
                        + ": inner product (0) and squared distance (1) are read");
        };
    }
}
