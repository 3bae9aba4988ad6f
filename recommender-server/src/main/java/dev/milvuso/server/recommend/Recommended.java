package dev.milvuso.server.recommend;

import dev.milvuso.action.ItemId;
import org.jspecify.annotations.Nullable;

/**
 * @param score finite
 * @param source name of the {@link CandidateSource} that found it
 * @param probability with which it was to be shown at its place, above 0 and up to 1
 * @param explanation null if nobody asked for it
 */
public record Recommended(
        ItemId item,
        float score,
        String source,
        float probability,
        @Nullable Explanation explanation) {
    /** @throws IllegalArgumentException if the score is not a finite number: JSON has none such */
    public Recommended {
        checkScore(item, score);
    }

    static void checkScore(ItemId item, float score) {
        if (!Float.isFinite(score)) {
            throw new IllegalArgumentException("the score of " + item + " is " + score + ": it must be finite");
        }
    }

    /** Shown with certainty, not explained. */
    public Recommended(ItemId item, float score, String source) {
        this(item, score, source, 1, null);
    }

    /** The same item at a place where it is shown with another probability. */
    public Recommended at(float otherProbability) {
        return new Recommended(item, score, source, otherProbability, explanation);
    }
}
