package dev.milvuso.embedding;

/**
 * A learned vector. A user's score of an item is the inner product of the two vectors, or their nearness by what other
 * metric {@code training.metric} names: biases are carried in the vector (the item's is its last number, against a
 * constant 1 in the user's), so that a plain search by the metric returns the model's order.
 *
 * @param id the user's or the item's
 * @param vector shape [embedding_dim], finite; not to be changed after it was given away
 * @param bias the row's own bias, for those who look; already part of the score for items, without influence on the
 *     order for users
 * @param epoch of the trainer's lease, and
 * @param step of the trainer when the row was written; readers keep what is newest by (epoch, step)
 * @param acceptedAt when the newest action was accepted that this vector has learned from, in milliseconds since 1970;
 *     0 if none
 */
public record Embedding(
        ModelVersion version, Kind kind, String id, float[] vector, float bias, long epoch, long step, long acceptedAt)
        implements EmbeddingRecord {
    /**
     * The largest magnitude of a number that is served: the inner product of two vectors of 4,096 of them is still a
     * finite float.
     */
    public static final float LARGEST = (float) 1e15;

    /** @throws IllegalArgumentException if a number is not finite */
    public Embedding {
        for (float value : vector) {
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException("the vector of " + kind.label() + " " + id + " holds " + value);
            }
        }
        if (!Float.isFinite(bias)) {
            throw new IllegalArgumentException("the bias of " + kind.label() + " " + id + " is " + bias);
        }
    }

    /** Whether a number may be part of what is served: finite and at most {@link #LARGEST} in magnitude. */
    public static boolean isServable(float number) {
        return Math.abs(number) <= LARGEST;
    }

    @Override
    public String key() {
        return key(version, kind, id);
    }

    static String key(ModelVersion version, Kind kind, String id) {
        return version + ":" + kind.label() + ":" + id;
    }

    /** Whether this one replaces the other. */
    public boolean isNewerThan(Embedding other) {
        return epoch != other.epoch ? epoch > other.epoch : step > other.step;
    }
}
