package dev.milvuso.server.recommend;

import java.util.List;

/**
 * A list and how it came about.
 *
 * @param modelVersion empty if the list is not personal
 * @param tier the slowest that was needed: {@code memory}, {@code redis}, {@code milvus} or {@code fallback}
 * @param degraded what could not be asked
 * @param madeAt milliseconds since 1970, when its making began
 */
public record Recommendation(
        String modelVersion, String tier, List<String> degraded, long madeAt, List<Recommended> items) {
    public Recommendation {
        degraded = List.copyOf(degraded);
        items = List.copyOf(items);
    }

    /** The same list, had from another tier. */
    Recommendation from(String otherTier) {
        return new Recommendation(modelVersion, otherTier, degraded, madeAt, items);
    }
}
