package dev.milvuso.server.recommend;

import dev.milvuso.action.ItemId;

/**
 * @param score finite
 * @param source {@code personal} or {@code popular}
 */
public record Recommended(ItemId item, float score, String source) {
    /** @throws IllegalArgumentException if the score is not a finite number: JSON has none such */
    public Recommended {
        if (!Float.isFinite(score)) {
            throw new IllegalArgumentException("the score of " + item + " is " + score + ": it must be finite");
        }
    }
}
