package dev.milvuso.vector.index;

/**
 * How near two vectors are. Inside this package larger is always nearer: distances are negative.
 *
 * <p>Lists and codes know two geometries. The inner product, and the cosine as that of vectors of length 1; and the
 * squared distance, which also stands in for the Manhattan distance until the last candidates are scored.
 */
public enum Similarity {
    INNER_PRODUCT(false, false),
    COSINE(false, false),
    /** The squared Euclidean distance. */
    EUCLIDEAN(true, false),
    MANHATTAN(true, true);

    private static final IndexMath MATH = IndexMath.BEST;

    private final boolean distance;
    private final boolean standIn;

    Similarity(boolean distance, boolean standIn) {
        this.distance = distance;
        this.standIn = standIn;
    }

    boolean isDistance() {
        return distance;
    }

    /** Whether lists and codes know another one in its place, whose best are only mostly its own. */
    boolean hasStandIn() {
        return standIn;
    }

    /** The vector as lists and codes see it: for cosine up to length 1, else the same array; the zero vector stays. */
    float[] placed(float[] vector) {
        if (this != COSINE) {
            return vector;
        }
        float square = MATH.dot(vector, vector, 0, vector.length);
        float inverse = square > 0 ? (float) (1 / Math.sqrt(square)) : 0;
        float[] unit = new float[vector.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = vector[i] * inverse;
        }
        return unit;
    }

    /**
     * Exact.
     *
     * @param query as {@link #placed}
     * @param row as it was given
     */
    float score(float[] query, float[] row) {
        return switch (this) {
            case INNER_PRODUCT -> MATH.dot(query, row, 0, row.length);
            case COSINE -> {
                float square = MATH.dot(row, row, 0, row.length);
                yield square > 0 ? MATH.dot(query, row, 0, row.length) / (float) Math.sqrt(square) : 0;
            }
            case EUCLIDEAN -> -MATH.squaredDistance(query, row, 0, row.length);
            case MANHATTAN -> -MATH.distance(query, row, 0, row.length);
        };
    }

    /** Exact, by the geometry of lists; as {@link #score} but for a {@link #hasStandIn stand-in}. */
    float inLists(float[] query, float[] row) {
        return standIn ? base(query, row) : score(query, row);
    }

    /** The score of a row that lies on a centre, by the geometry of lists. */
    float base(float[] query, float[] centre) {
        return distance
                ? -MATH.squaredDistance(query, centre, 0, centre.length)
                : MATH.dot(query, centre, 0, centre.length);
    }

    /** What a user is shown for a score: distances are positive again. */
    public float shown(float score) {
        return distance ? 0 - score : score;
    }
}
