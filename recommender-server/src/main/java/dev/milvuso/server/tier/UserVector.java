package dev.milvuso.server.tier;

import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.embedding.Removal;

/**
 * A user's learned vector.
 *
 * @param vector shape [embedding_dim]; not to be changed
 * @param epoch and
 * @param step say which of two is newer
 */
public record UserVector(ModelVersion version, float[] vector, long epoch, long step) {
    public boolean isNewerThan(UserVector other) {
        return epoch != other.epoch ? epoch > other.epoch : step > other.step;
    }

    /** Whether it was published after that. */
    public boolean isNewerThan(Removal removal) {
        return epoch != removal.epoch() ? epoch > removal.epoch() : step > removal.step();
    }
}
