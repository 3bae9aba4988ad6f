package dev.milvuso.vector;

import java.util.Optional;

/**
 * Which scores are wanted, in Milvus's terms. Where larger is nearer: {@code radius < score <= rangeFilter}; where
 * smaller is nearer: {@code rangeFilter <= score < radius}.
 *
 * @param radius the bound on the far side
 * @param rangeFilter the bound on the near side
 */
public record ScoreRange(float radius, Optional<Float> rangeFilter) {
    /** @throws IllegalArgumentException if a bound is not a finite number */
    public ScoreRange {
        if (!Float.isFinite(radius) || !Float.isFinite(rangeFilter.orElse(0f))) {
            throw new IllegalArgumentException(
                    "score range " + radius + " " + rangeFilter + ": its bounds must be finite numbers");
        }
    }

    public boolean holds(float score, boolean smallerIsNearer) {
        return smallerIsNearer
                ? score < radius && (rangeFilter.isEmpty() || score >= rangeFilter.get())
                : score > radius && (rangeFilter.isEmpty() || score <= rangeFilter.get());
    }
}
