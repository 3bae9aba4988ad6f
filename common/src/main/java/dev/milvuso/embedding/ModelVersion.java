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

    @Override
    public String toString() {
        return value;
    }
}
