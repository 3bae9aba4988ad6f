package dev.milvuso.feature.profile;

import dev.milvuso.config.FeaturesConfig;

/** How fast what was counted of an item fades: its popularity, and the part of it that is of late. */
public record Decay(HalfLife popularity, HalfLife trend) {
    public static Decay of(FeaturesConfig config) {
        return new Decay(HalfLife.of(config.popularityHalfLife()), HalfLife.of(config.trendHalfLife()));
    }
}
