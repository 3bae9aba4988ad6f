package dev.milvuso.embedding;

/**
 * Says which model version is served from now on; memory, Redis keys and vector store follow it together.
 *
 * @param epoch of the trainer's lease that wrote it; readers ignore an activation of an older epoch
 * @param items how many items of the version stand on the log before it, in other partitions too: whoever serves
 *     another version goes on with that one until it has read so many
 */
public record Activation(ModelVersion version, long epoch, long items) implements EmbeddingRecord {
    static final String KEY = "activation";

    /** To be followed at once. */
    public Activation(ModelVersion version, long epoch) {
        this(version, epoch, 0);
    }

    @Override
    public String key() {
        return KEY;
    }
}
