package dev.milvuso.server.recommend;

import dev.milvuso.action.ItemId;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.server.catalogue.ItemSlots;
import dev.milvuso.server.tier.Scored;
import dev.milvuso.server.tier.StoredItems;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Has no vectors: for tests in which memory holds all. */
public record EmptyStore() implements StoredItems {
    public static BeyondMemory beyond(Bulkhead bulkhead, ItemSlots slots) {
        return new BeyondMemory(new EmptyStore(), bulkhead, slots);
    }

    @Override
    public List<Scored> search(float[] query, int k, ModelVersion version, Set<ItemId> leftOut, boolean located) {
        return List.of();
    }

    @Override
    public Map<ItemId, float[]> items(Collection<ItemId> items, ModelVersion version) {
        return Map.of();
    }
}
