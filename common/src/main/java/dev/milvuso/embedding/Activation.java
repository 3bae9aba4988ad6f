package dev.milvuso.embedding;

/**
 * Says which model version is served from now on; memory, Redis keys and vector store follow it together.
 *
 * @param epoch of the trainer's lease that wrote it; readers ignore an activation of an older epoch
 */
public record Activation(ModelVersion version, long epoch) implements EmbeddingRecord {
    static final String KEY = "activation";

    @Override
    public String key() {
        return KEY;
    }
}
