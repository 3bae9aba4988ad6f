package dev.milvuso.server.recommend;

import dev.milvuso.server.tier.memory.ItemIndex;
import java.util.Arrays;

/** Vectors that came with what was found for one request, by slot. For one thread. */
final class LocatedItems {
    private int size;
    private int[] slots = new int[64];
    private float[][] vectors = new float[64][];

    void add(int slot, float[] vector) {
        if (size == slots.length) {
            slots = Arrays.copyOf(slots, 2 * size);
            vectors = Arrays.copyOf(vectors, 2 * size);
        }
        slots[size] = slot;
        vectors[size++] = vector;
    }

    /** Lends the index those of items that are still candidates; what it has is newer. */
    void lend(ItemIndex index, Candidates candidates) {
        for (int i = 0; i < size; i++) {
            if (candidates.contains(slots[i]) && index.vector(slots[i]) == null) {
                index.lend(slots[i], vectors[i]);
            }
        }
    }
}
