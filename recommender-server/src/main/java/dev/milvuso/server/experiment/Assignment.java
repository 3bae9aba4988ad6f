package dev.milvuso.server.experiment;

import java.util.Map;
import java.util.Optional;

/**
 * What experiments mean for one user now.
 *
 * @param variants by the name of each experiment that the user takes part in; what is exposed with a list
 * @param overrides of the configuration, of all of them together
 * @param rival if lists of two rankings are to be interleaved: the other one
 */
public record Assignment(Map<String, String> variants, Map<String, String> overrides, Optional<Rival> rival) {
    public static final Assignment NONE = new Assignment(Map.of(), Map.of(), Optional.empty());

    /**
     * @param first name of the variant that {@code overrides} belong to
     * @param second name of the other
     * @param overrides of the other
     */
    public record Rival(String first, String second, Map<String, String> overrides) {}

    public Assignment {
        variants = Map.copyOf(variants);
        overrides = Map.copyOf(overrides);
    }
}
