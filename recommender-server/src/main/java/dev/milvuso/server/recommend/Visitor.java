package dev.milvuso.server.recommend;

import dev.milvuso.action.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, as far as it is known.
 *
 * @param taste what items are compared with, shape [embedding_dim], not to be changed; null: nothing personal is known
 * @param learned the taste before their latest actions were folded in, as the trainer has it; the same array if none
 *     were, null if the taste is
 * @param tier the slowest that was needed for it: {@code memory}, {@code redis} or {@code milvus}
 * @param recent slots of what they last acted on for it, the newest first
 * @param likedAt when they last acted on anything for it, in milliseconds since 1970; 0 if it is not known
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Visitor(
        UserId user, float @Nullable [] taste, float @Nullable [] learned, String tier, int[] recent, long likedAt) {
    private static final int[] NOTHING = {};

    /** Of whom nothing is known. */
    public static Visitor stranger(UserId user) {
        return new Visitor(user, null, null, "memory", NOTHING, 0);
    }

    /** Who has done nothing of late. */
    public static Visitor of(UserId user, float[] taste, String tier) {
        return new Visitor(user, taste, taste, tier, NOTHING, 0);
    }
}
