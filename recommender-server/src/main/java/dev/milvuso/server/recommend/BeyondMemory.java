package dev.milvuso.server.recommend;

import dev.milvuso.action.ItemId;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.server.catalogue.ItemSlots;
import dev.milvuso.server.tier.Scored;
import dev.milvuso.server.tier.StoredItems;
import dev.milvuso.server.tier.memory.ItemIndex;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What the vector store knows of items that memory does not hold, for as long as a request has time. Safe for use by
 * many threads.
 *
 * @param bulkhead the threads that wait for the store
 */
public record BeyondMemory(StoredItems stored, Bulkhead bulkhead, ItemSlots slots) {
    /** Whose vectors are read at once. */
    private static final int MOST = 500;

    private record Question(List<ItemId> items, ModelVersion version) {}

    /**
     * Lends the index the vectors that it misses, so that whoever asks it for them next has them. Asks nobody if it
     * misses none.
     *
     * @param wanted items by slot; of many the first 500 count
     */
    public void lend(ItemIndex index, ModelVersion version, IntStream wanted, Making making) {
        if (index.isWhole()) {
            return;
        }
        int[] missed = wanted.filter(index::misses).distinct().limit(MOST).toArray();
        if (missed.length > 0) {
            begin(missed, version, making).await().ifPresent(vectors -> {
                for (int slot : missed) {
                    float[] vector = vectors.get(slots.id(slot));
                    if (vector == null) {
                        index.isNowhere(slot);
                    } else {
                        index.lend(slot, vector);
                    }
                }
            });
        }
    }

    /** Asks for vectors by slot; whoever asks for the same at the same time gets the same answer. */
    Deadline.Asked<Optional<Map<ItemId, float[]>>> begin(int[] wanted, ModelVersion version, Making making) {
        List<ItemId> ids = IntStream.of(wanted).mapToObj(slots::id).toList();
        return making.begin(bulkhead, new Question(ids, version), () -> Optional.of(stored.items(ids, version)));
    }

    /** As {@link StoredItems#search}. */
    public Deadline.Asked<Optional<List<Scored>>> begin(
            float[] query, int k, ModelVersion version, Set<ItemId> leftOut, boolean located, Making making) {
        return making.begin(
                bulkhead, new Object(), () -> Optional.of(stored.search(query, k, version, leftOut, located)));
    }
}
