package dev.milvuso.vector.transfer.file;

import dev.milvuso.vector.Metric;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A matrix of floats in a {@code .npy} file, in either order of bytes and of numbers. */
final class NumPyFile implements VectorFile {
    private static final Map<String, NumberFormat> FORMATS =
            Map.of("f2", NumberFormat.FLOAT16, "f4", NumberFormat.FLOAT32, "f8", NumberFormat.FLOAT64);

    private final FileBytes file;
    private final NumberTable table;

    private NumPyFile(FileBytes file, NumberTable table) {
        this.file = file;
        this.table = table;
    }

    static NumPyFile read(FileBytes file) {
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
        return new NumPyFile(file, table);
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

    @Override
    public float[][] read(long first, int count) {
        return table.read(first, count);
    }

    @Override
    public void close() {
        file.close();
    }
}
