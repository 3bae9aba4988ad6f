package dev.milvuso.server.recommend;

import dev.milvuso.server.sync.ServedModel;
import dev.milvuso.server.tier.memory.ItemIndex;
import dev.milvuso.server.tier.memory.Nearness;
import dev.milvuso.vector.Metric;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * How near an item must be to the visitor's taste to be proposed for it.
 *
 * @param model whose vectors of items are compared
 * @param least cosine of both vectors; -1 lets everything through
 */
public record LeastCosine(ServedModel model, double least) {
    /** Whether an item fits the visit and is near enough, by slot; one without a vector is neither near nor far. */
    public IntPredicate fits(Visit visit) {
        float[] taste = visit.visitor().taste();
        ItemIndex index = visit.version().flatMap(model::items).orElse(null);
        if (least <= -1 || taste == null || index == null) {
            return visit.fits();
        }
        return slot -> visit.fits().test(slot) && allows(taste, index.vector(slot));
    }

    /** @param vector an item's; null if it has none */
    public boolean allows(float[] taste, float @Nullable [] vector) {
        return least <= -1
                || vector == null
                || vector.length != taste.length
                || Nearness.of(Metric.COSINE, taste, vector) >= least;
    }
}
