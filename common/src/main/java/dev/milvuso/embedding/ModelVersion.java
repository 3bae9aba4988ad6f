package dev.milvuso.embedding;

/**
 * Names a trained model. Letters, digits, {@code .}, {@code _} and {@code -}, 1 to 64 of them: it stands in keys and
 * file names.
 */
public record ModelVersion(String value) {
    /** @throws IllegalArgumentException if the value is not such a name */
    public ModelVersion {
        if (!value.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            throw new IllegalArgumentException("model version '" + value
                    + "' must be 1 to 64 letters, digits, '.', '_' or '-', starting with a letter or digit");
        }
    }

    /** With what the names of versions begin that were trained from files. */
    public static final String BATCH = "batch-";

    /**
     * The collection of the vector store that holds its vectors. A batch version has collections of its own, so that it
     * is there in whole before it is served; versions that began online follow each other in the same ones.
     *
     * @param prefix {@code milvus.collection_name}
     */
    public String collection(String prefix, Kind kind) {
        String shared = prefix + "_" + kind.label() + "s";
        return value.startsWith(BATCH)
                ? shared + "_" + value.replace("_", "__").replace("-", "_h").replace(".", "_d")
                : shared;
    }

    @Override
    public String toString() {
        return value;
    }
}
