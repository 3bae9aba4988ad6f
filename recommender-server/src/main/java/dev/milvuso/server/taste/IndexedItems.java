package dev.milvuso.server.taste;

import dev.milvuso.action.ItemId;
import dev.milvuso.server.catalogue.ItemSlots;
import dev.milvuso.server.tier.memory.ItemIndex;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The item vectors that lists are searched in. */
record IndexedItems(ItemIndex index, ItemSlots slots) implements ItemVectors {
    @Override
    public float @Nullable [] find(ItemId item) {
        int slot = slots.find(item);
        return slot == ItemSlots.NONE ? null : index.vector(slot);
    }

    @Override
    public List<float[]> sample(int most) {
        int stride = Math.max(1, (slots.size() + most - 1) / most);
        List<float[]> sample = new ArrayList<>();
        for (int slot = 0; slot < slots.size(); slot += stride) {
            float[] vector = index.vector(slot);
            if (vector != null) {
                sample.add(vector);
            }
        }
        return sample;
    }
}
