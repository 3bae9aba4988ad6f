package dev.milvuso.server.taste;

import dev.milvuso.action.ItemId;
import dev.milvuso.server.catalogue.ItemSlots;
import dev.milvuso.server.tier.memory.ItemIndex;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The item vectors that lists are searched in.
 *
 * @param instead of what is in the index, for some items; says null for the others
 */
record IndexedItems(ItemIndex index, ItemSlots slots, Instead instead) implements ItemVectors {
    /** What some items are served by, whatever the index has. */
    interface Instead {
        float @Nullable [] vector(int slot);
    }

    @Override
    public float @Nullable [] find(ItemId item) {
        int slot = slots.find(item);
        if (slot == ItemSlots.NONE) {
            return null;
        }
        float[] other = instead.vector(slot);
        return other == null ? index.vector(slot) : other;
    }

    @Override
    public List<float[]> sample(int most) {
        int stride = Math.max(1, (slots.size() + most - 1) / most);
        List<float[]> sample = new ArrayList<>();
        for (int slot = 0; slot < slots.size(); slot += stride) {
            float[] vector = index.heldVector(slot);
            if (vector != null) {
                sample.add(vector);
            }
        }
        return sample;
    }
}
