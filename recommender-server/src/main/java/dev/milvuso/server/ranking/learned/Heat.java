package dev.milvuso.server.ranking.learned;

import dev.milvuso.config.FeaturesConfig;
import dev.milvuso.ranker.ItemHeat;
import dev.milvuso.server.catalogue.ItemSlots;
import dev.milvuso.server.recommend.ItemPopularity;
import java.util.List;

/** How popular items are, by slot, as the feature worker has counted. Written by one thread, read by many. */
public final class Heat {
    private final ItemSlots slots;
    private final ItemHeat items;

    /** @param config of the half-lives that the feature worker has too */
    public Heat(ItemSlots slots, FeaturesConfig config) {
        this.slots = slots;
        this.items = new ItemHeat(
                config.popularityHalfLife().toMillis(), config.trendHalfLife().toMillis());
    }

    /** Statistics that were read, and hands them on. */
    public List<ItemPopularity> read(List<ItemPopularity> statistics) {
        for (ItemPopularity each : statistics) {
            int slot = slots.ofUnheardOf(each.item());
            if (slot != ItemSlots.NONE) {
                items.set(slot, each.popularity(), each.trend(), each.at().toEpochMilli());
            }
        }
        return statistics;
    }

    ItemHeat items() {
        return items;
    }
}
