package dev.milvuso.server.coldstart;

import dev.milvuso.action.ItemId;
import dev.milvuso.action.UserId;
import dev.milvuso.config.ColdstartConfig;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.server.catalogue.ItemSlots;
import dev.milvuso.server.recommend.PersonalItems;
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
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Lets a finished list go when an item came, or was learned about, that would be in it if it were made now. Keeps no
 * item out.
 *
 * @param diversity of lists whose question does not say
 */
public record NewsOfItems(
        ColdstartConfig config,
        ColdShelf shelf,
        ServedModel model,
        ItemSlots slots,
        Visitors visitors,
        LatestTaste taste,
        double diversity)
        implements Restriction {
    private static final Set<String> BY_SCORE = Set.of(PersonalItems.NAME, NewItems.NAME);

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
            if (cold.newsUntil[i] >= list.madeAt() && !holds(list, cold.slots[i])) {
                if (of == null) {
                    of = visitors.here(user, query, version.get())
                            .map(Visitor::taste)
                            .orElse(null);
                }
                if (of == null) {
                    return false;
                }
                if (enters(cold, i, of, list, isDiverse(query), index.get(), version.get())) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isDiverse(Query query) {
        return query.diversity().orElse(diversity) > 0;
    }

    private boolean holds(Recommendation list, int slot) {
        ItemId id = slots.id(slot);
        for (int i = 0; i < list.items().size(); i++) {
            if (list.items().id(i).equals(id)) {
                return true;
            }
        }
        return false;
    }

    /**
     * What an item has to surpass: the lowest score of those that are in the list by their score. Pinned, tried out and
     * topped up ones are in it for another reason, and of a diverse list only the better half is surely in it for that.
     */
    static float bar(Recommendation list, boolean isDiverse) {
        double[] free = list.items().stream()
                .filter(each -> each.probability() == 1 && BY_SCORE.contains(each.source()))
                .mapToDouble(Recommended::score)
                .sorted()
                .toArray();
        return free.length == 0 ? Float.NEGATIVE_INFINITY : (float) free[isDiverse ? free.length / 2 : 0];
    }

    /** By its score, or because it is received so much better than usual that it will be tried out. */
    private boolean enters(
            ColdItems cold,
            int item,
            float[] of,
            Recommendation list,
            boolean isDiverse,
            ItemIndex index,
            ModelVersion version) {
        if (index.score(of, cold.vectors[item]) > bar(list, isDiverse)) {
            return true;
        }
        return config.quota() > 0
                && cold.isPromising(item, shelf.usualRate())
                && taste.standing(of, version).of(cold.vectors[item]) >= config.affinity();
    }
}
