package dev.milvuso.vector.transfer.file;

import dev.milvuso.vector.Metric;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Vectors that lie in a file, whose length has been found to be right. Safe for use by many threads. */
public interface VectorFile extends AutoCloseable {
    /** Of the file, as messages have it. */
    String name();

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
        FileBytes file = FileBytes.of(path);
        try {
            return open(file);
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static VectorFile open(FileBytes file) {
        String name = file.name().toLowerCase(Locale.ROOT);
        if (name.endsWith(".fvecs")) {
            return VectorFormat.FVECS.read(file);
        }
        if (name.endsWith(".bvecs")) {
            return VectorFormat.BVECS.read(file);
        }
        if (NumPyHeader.begins(file)) {
            return VectorFormat.NPY.read(file);
        }
        if (FaissFile.begins(file)) {
            return VectorFormat.FAISS.read(file);
        }
        throw file.wrong("holds no vectors that are read: it must be an index of Faiss (IndexFlatL2, IndexFlatIP or an "
                + "IndexIDMap of one), a .npy of NumPy, or be named .fvecs or .bvecs");
    }

    /**
     * Opens what has no name of its own.
     *
     * @param channel stays the caller's if this fails, and is closed with what is opened
     * @param name as messages have it
     * @throws IllegalArgumentException beginning with the name if it is of another format, damaged or of a kind that is
     *     not read
     */
    static VectorFile open(FileChannel channel, String name, VectorFormat format) {
        return format.read(new FileBytes(name, channel));
    }
}
