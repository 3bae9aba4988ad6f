package dev.milvuso.server.recommend;

import dev.milvuso.server.catalogue.ItemSlots;
import dev.milvuso.server.tier.memory.ItemIndex;
import dev.milvuso.server.tier.memory.Nearness;
import dev.milvuso.vector.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of a user's recent items an item is like.
 *
 * @param index null while no vectors are here
 * @param recent slots, the newest first
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Reasons(@Nullable ItemIndex index, int[] recent, ItemSlots slots) {
    private static final int MOST = 3;
    private static final int LOOKED_AT = 50;

    /** The most alike first, none that is not alike at all. */
    List<Explanation.Because> of(int slot) {
        float[] vector = index == null ? null : index.vector(slot);
        if (index == null || vector == null) {
            return List.of();
        }
        List<Explanation.Because> reasons = new ArrayList<>();
        for (int i = 0; i < Math.min(LOOKED_AT, recent.length); i++) {
            float[] other = recent[i] == slot ? null : index.vector(recent[i]);
            double likeness = other == null ? 0 : Nearness.of(Metric.COSINE, vector, other);
            if (likeness > 0) {
                reasons.add(new Explanation.Because(slots.id(recent[i]), likeness));
            }
        }
        reasons.sort(Comparator.comparingDouble(Explanation.Because::likeness).reversed());
        return reasons.subList(0, Math.min(MOST, reasons.size()));
    }
}
