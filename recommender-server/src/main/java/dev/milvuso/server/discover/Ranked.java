package dev.milvuso.server.discover;

import java.util.Comparator;

/** An item that was found, by slot; a larger score is better. */
public record Ranked(int slot, float score) {
    static final Comparator<Ranked> BEST_FIRST =
            Comparator.comparingDouble(Ranked::score).reversed().thenComparingInt(Ranked::slot);
}
