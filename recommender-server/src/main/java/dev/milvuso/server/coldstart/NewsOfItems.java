package dev.milvuso.server.coldstart;

import dev.milvuso.action.UserId;
import dev.milvuso.config.ColdstartConfig;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.server.catalogue.ItemSlots;
import dev.milvuso.server.recommend.Query;
import dev.milvuso.server.recommend.Recommendation;
import dev.milvuso.server.recommend.Recommended;
import dev.milvuso.server.recommend.Restriction;
import dev.milvuso.server.recommend.Visitor;
import dev.milvuso.server.recommend.Visitors;
import dev.milvuso.server.sync.ServedModel;
import dev.milvuso.server.taste.LatestTaste;
import dev.milvuso.server.tier.memory.ItemIndex;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Lets a finished list go when an item came, or was learned about, that would be in it if it were made now. Keeps no
 * item out.
 */
public record NewsOfItems(
        ColdstartConfig config,
        ColdShelf shelf,
        ServedModel model,
        ItemSlots slots,
        Visitors visitors,
        LatestTaste taste)
        implements Restriction {
    private static final double PROMISING = 2;

    @Override
    public long revision() {
        return shelf.revision();
    }

    @Override
    public String name() {
        return "news";
    }

    @Override
    public @Nullable IntPredicate of(Optional<UserId> user, Query query) {
        return null;
    }

    @Override
    public boolean outdates(Recommendation list, UserId user, Query query) {
        Optional<ModelVersion> version = model.version();
        Optional<ItemIndex> index = version.flatMap(model::items);
        if (index.isEmpty() || !list.isPersonal()) {
            return false;
        }
        ColdItems cold = shelf.items(version.get());
        float[] of = null;
        for (int i = 0; i < cold.size(); i++) {
            if (cold.newsAt[i] >= list.madeAt() && !holds(list, cold.slots[i])) {
                if (of == null) {
                    of = visitors.here(user, query, version.get())
                            .map(Visitor::taste)
                            .orElse(null);
                }
                if (of == null) {
                    return false;
                }
                if (enters(cold, i, of, list, index.get(), version.get())) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean holds(Recommendation list, int slot) {
        return list.items().stream().anyMatch(each -> each.item().equals(slots.id(slot)));
    }

    /** By its score, or because it is received so much better than usual that it will be tried out. */
    private boolean enters(
            ColdItems cold, int item, float[] of, Recommendation list, ItemIndex index, ModelVersion version) {
        float lowest = Float.POSITIVE_INFINITY;
        for (Recommended each : list.items()) {
            lowest = Math.min(lowest, each.score());
        }
        if (index.score(of, cold.vectors[item]) > lowest) {
            return true;
        }
        double usual = shelf.usualRate();
        return config.quota() > 0
                && cold.expected(item, usual) > PROMISING * usual
                && taste.standing(of, version).of(cold.vectors[item]) >= config.affinity();
    }
}
