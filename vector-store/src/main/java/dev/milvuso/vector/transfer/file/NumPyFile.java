package dev.milvuso.vector.transfer.file;

import java.util.Map;

/** A matrix of floats in a {@code .npy} file, in either order of bytes and of numbers. */
final class NumPyFile {
    private static final Map<String, NumberFormat> FORMATS =
            Map.of("f2", NumberFormat.FLOAT16, "f4", NumberFormat.FLOAT32, "f8", NumberFormat.FLOAT64);

    private NumPyFile() {}

    static VectorFile read(FileBytes file) {
        NumPyHeader header = NumPyHeader.read(file);
        NumberFormat format = FORMATS.get(header.type());
        if (format == null) {
            throw file.wrong("holds numbers of type " + header.type() + ": must be float16, float32 or float64");
        }
        if (header.shape().size() != 2) {
            throw file.wrong("has the shape " + header.shape() + ": must have two dimensions, vectors and numbers");
        }
        long rows = header.shape().get(0);
        int dimension = (int) Math.min(Integer.MAX_VALUE, header.shape().get(1));
        NumberTable table =
                new NumberTable(file, header.offset(), rows, dimension, format, header.order(), 0, header.byColumns());
        file.checkFills(header.offset(), rows, table.rowBytes());
        return new TableFile(file, table, TableFile::unchecked);
    }
}
