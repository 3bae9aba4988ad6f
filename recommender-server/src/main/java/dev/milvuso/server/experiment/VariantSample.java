package dev.milvuso.server.experiment;

import java.util.EnumMap;
import java.util.Map;

/**
 * The users of one variant.
 *
 * @param users who have seen a list at all
 * @param moments of the users that are measured, by outcome
 * @param preference of those, the sign of (clicks on the first team - clicks on the second); for interleaved lists
 */
public record VariantSample(String variant, long users, Map<Outcome, Moments> moments, Moments preference) {
    public VariantSample {
        moments = new EnumMap<>(moments);
    }

    public static VariantSample empty(String variant) {
        return new VariantSample(variant, 0, new EnumMap<>(Outcome.class), Moments.NONE);
    }

    public Moments of(Outcome outcome) {
        return moments.getOrDefault(outcome, Moments.NONE);
    }
}
