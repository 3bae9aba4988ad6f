package dev.milvuso.vector.transfer.file;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How vectors lie in a file. */
public enum VectorFormat {
    /** NumPy's. */
    NPY,
    /** An index of Faiss: {@code IndexFlatL2}, {@code IndexFlatIP} or an {@code IndexIDMap} of one. */
    FAISS,
    /** Floats, each vector behind its dimension. */
    FVECS,
    /** Unsigned bytes, each vector behind its dimension. */
    BVECS;

    /** As people name it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<VectorFormat> named(String label) {
        return Arrays.stream(values())
                .filter(format -> format.label().equals(label))
                .findFirst();
    }

    /** @throws IllegalArgumentException naming the file if it is not of this format or damaged */
    VectorFile read(FileBytes file) {
        return switch (this) {
            case NPY -> {
                if (!NumPyHeader.begins(file)) {
                    throw file.wrong("is no .npy of NumPy: it does not begin as one");
                }
                yield NumPyFile.read(file);
            }
            case FAISS -> {
                if (!FaissFile.begins(file)) {
                    throw file.wrong("is no index of Faiss: it does not begin as one");
                }
                yield FaissFile.read(file);
            }
            case FVECS -> VecsFile.read(file, NumberFormat.FLOAT32);
            case BVECS -> VecsFile.read(file, NumberFormat.UNSIGNED_BYTE);
        };
    }
}
