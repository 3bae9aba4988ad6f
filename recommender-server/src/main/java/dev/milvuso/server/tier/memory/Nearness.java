package dev.milvuso.server.tier.memory;

import dev.milvuso.vector.Metric;
import dev.milvuso.vector.index.IndexMath;

/** How near two vectors are, as the index says it: larger is nearer. */
public final class Nearness {
    private static final IndexMath MATH = IndexMath.BEST;

    private Nearness() {}

    /** Both of one length. The cosine with a vector without direction is 0. */
    public static float of(Metric metric, float[] query, float[] vector) {
        return switch (metric) {
            case INNER_PRODUCT -> dot(query, vector);
            case COSINE -> {
                double norms = Math.sqrt(dot(query, query)) * Math.sqrt(dot(vector, vector));
                yield norms == 0 ? 0 : (float) (dot(query, vector) / norms);
            }
            case EUCLIDEAN -> -MATH.squaredDistance(query, vector, 0, query.length);
            case MANHATTAN -> throw new IllegalArgumentException("models have no metric " + metric.label());
        };
    }

    private static float dot(float[] a, float[] b) {
        return MATH.dot(a, b, 0, a.length);
    }
}
