package dev.milvuso.vector;

import java.util.Locale;
import java.util.Optional;

/** How near two vectors are. */
public enum Metric {
    /** The inner product: larger is nearer. */
    INNER_PRODUCT,
    /** The cosine, -1 to 1: larger is nearer. The zero vector has none and is refused. */
    COSINE,
    /** The squared Euclidean distance, 0 and up: smaller is nearer. */
    EUCLIDEAN,
    /**
     * The sum of the numbers' absolute differences, 0 and up: smaller is nearer. Not a metric of models; on Milvus,
     * which has no index of it, approximate.
     */
    MANHATTAN;

    public boolean smallerIsNearer() {
        return this == EUCLIDEAN || this == MANHATTAN;
    }

    /** @param name {@code inner_product}, {@code cosine} or {@code euclidean} */
    public static Metric named(String name) {
        for (Metric metric : values()) {
            if (metric != MANHATTAN && metric.label().equals(name)) {
                return metric;
            }
        }
        throw new IllegalArgumentException("metric is '" + name + "': must be inner_product, cosine or euclidean");
    }

    /** @param name {@code l2} or {@code ip} in any case; nothing for any other */
    public static Optional<Metric> byMilvusName(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "l2" -> Optional.of(EUCLIDEAN);
            case "ip" -> Optional.of(INNER_PRODUCT);
            default -> Optional.empty();
        };
    }

    /** As in {@code training.metric}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
