package dev.milvuso.server.recommend;

import dev.milvuso.action.ItemId;
import dev.milvuso.component.Unavailable;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.server.catalogue.ItemSlots;
import dev.milvuso.server.sync.ServedModel;
import dev.milvuso.server.tier.memory.ItemIndex;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the vectors of items that have become active into memory, where memory does not hold all. To be run again and
 * again.
 *
 * @param stored the vectors of items that the vector store has
 */
public record HotItems(ServedModel model, Popular popular, ItemSlots slots, Stored stored) implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(HotItems.class);

    /** Brought in at once. */
    private static final int MOST = 500;

    /** Where vectors are read. */
    public interface Stored {
        /** @throws Unavailable if it does not answer */
        Map<ItemId, float[]> items(List<ItemId> items, ModelVersion version);
    }

    @Override
    public void run() {
        model.version()
                .ifPresent(version -> model.items(version).ifPresent(index -> {
                    if (!index.isWhole()) {
                        bringIn(version, index);
                    }
                }));
    }

    private void bringIn(ModelVersion version, ItemIndex index) {
        List<ItemId> lacking = popular.top(index.capacity())
                .filter(slot -> popular.level(slot) > Double.NEGATIVE_INFINITY && index.lacks(slot))
                .limit(MOST)
                .mapToObj(slots::id)
                .toList();
        if (lacking.isEmpty()) {
            return;
        }
        try {
            stored.items(lacking, version).forEach((item, vector) -> index.admit(slots.find(item), vector));
        } catch (Unavailable e) {
            LOG.debug("items that have become active are not brought into memory", e);
        }
    }
}
