package dev.milvuso.vector.transfer.file;

import dev.milvuso.vector.Metric;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Vectors that lie in a file, whose length has been found to be right. Safe for use by many threads. */
public interface VectorFile extends AutoCloseable {
    Path path();

    /** Numbers in a vector. */
    int dimension();

    long count();

    /** What the file says its vectors are compared by. */
    Optional<Metric> metric();

    /** Those that the file has itself. */
    Optional<RowIds> ids();

    /** @return shape [count, dimension] */
    float[][] read(long first, int count);

    @Override
    void close();

    /**
     * Opens a file of Faiss or NumPy, which are known by how they begin, or one named {@code .fvecs} or {@code .bvecs}.
     *
     * @throws IllegalArgumentException naming the file if it is none of these, is damaged or of a kind that is not read
     */
    static VectorFile open(Path path) {
        FileBytes file = new FileBytes(path);
        try {
            return open(file);
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static VectorFile open(FileBytes file) {
        String name = file.path().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".fvecs")) {
            return VecsFile.read(file, NumberFormat.FLOAT32);
        }
        if (name.endsWith(".bvecs")) {
            return VecsFile.read(file, NumberFormat.UNSIGNED_BYTE);
        }
        if (NumPyHeader.begins(file)) {
            return NumPyFile.read(file);
        }
        if (FaissFile.begins(file)) {
            return FaissFile.read(file);
        }
        throw file.wrong("holds no vectors that are read: it must be an index of Faiss (IndexFlatL2, IndexFlatIP or an "
                + "IndexIDMap of one), a .npy of NumPy, or be named .fvecs or .bvecs");
    }
}
