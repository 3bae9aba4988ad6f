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

    /** @throws IllegalArgumentException if the bounds are the wrong way round, so that no score lies between them */
    public void requireScores(boolean smallerIsNearer) {
        float near = rangeFilter.orElse(smallerIsNearer ? Float.NEGATIVE_INFINITY : Float.POSITIVE_INFINITY);
        if (smallerIsNearer ? near >= radius : near <= radius) {
            throw new IllegalArgumentException("range: no score lies between radius " + radius + " and range_filter "
                    + near + ": where " + (smallerIsNearer ? "smaller" : "larger") + " is nearer the radius must be "
                    + (smallerIsNearer ? "above" : "below") + " range_filter");
        }
    }

    public boolean holds(float score, boolean smallerIsNearer) {
        return smallerIsNearer
                ? score < radius && (rangeFilter.isEmpty() || score >= rangeFilter.get())
                : score > radius && (rangeFilter.isEmpty() || score <= rangeFilter.get());
    }
}
