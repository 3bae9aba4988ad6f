package dev.milvuso.server.experiment;

import java.util.Map;

/**
 * One way to make lists.
 *
 * @param weight its share of the experiment's users, in proportion to the others' weights
 * @param overrides values by the key of the configuration that they replace, such as
 *     {@code recommendation.similarity_threshold}
 */
public record Variant(String name, double weight, Map<String, String> overrides) {
    private static final int MOST_OVERRIDES = 20;

    /** @throws IllegalArgumentException naming what is wrong */
    public Variant {
        Names.check("name", name);
        if (!(weight > 0 && weight <= 1000)) {
            throw new IllegalArgumentException("weight is " + weight + ": must be above 0 and up to 1000");
        }
        if (overrides.size() > MOST_OVERRIDES) {
            throw new IllegalArgumentException("overrides are " + overrides.size() + ": must be at most 20");
        }
        overrides = Map.copyOf(overrides);
    }
}
