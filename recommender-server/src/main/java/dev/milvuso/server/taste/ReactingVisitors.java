package dev.milvuso.server.taste;

import dev.milvuso.action.UserId;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.server.catalogue.ItemSlots;
import dev.milvuso.server.recommend.BeyondMemory;
import dev.milvuso.server.recommend.Making;
import dev.milvuso.server.recommend.Query;
import dev.milvuso.server.recommend.Visitor;
import dev.milvuso.server.recommend.Visitors;
import dev.milvuso.server.sync.ServedModel;
import dev.milvuso.server.tier.memory.ItemIndex;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Visitors with what they did last and what they look at folded into what is known of them.
 *
 * @param beyond asked for the vectors of items that are not in memory
 * @param instead what some items are served by, whatever the model has learned of them
 */
public record ReactingVisitors(
        Visitors known, LatestTaste taste, ServedModel model, ItemSlots slots, BeyondMemory beyond, Instead instead)
        implements Visitors {
    /** Of an item by slot; null: what the model has learned. */
    public interface Instead {
        float @Nullable [] vector(int slot, ModelVersion version);
    }

    @Override
    public void prepare(UserId user, Query query, ModelVersion version, Making making) {
        ItemIndex index = model.items(version).orElse(null);
        if (index != null && !index.isWhole()) {
            IntStream looked = query.contextItem().stream().mapToInt(slots::find);
            IntStream acted = Arrays.stream(taste.moving(user, slots));
            beyond.lend(index, version, IntStream.concat(looked, acted), making);
        }
    }

    @Override
    public Optional<Visitor> here(UserId user, Query query, ModelVersion version) {
        return known.here(user, query, version).map(visitor -> reacting(visitor, query, version));
    }

    @Override
    public Visitor elsewhere(UserId user, Query query, ModelVersion version, Making making) {
        Visitor visitor = known.elsewhere(user, query, version, making);
        prepare(user, query, version, making); // what they did may have come to be known meanwhile
        return reacting(visitor, query, version);
    }

    private Visitor reacting(Visitor visitor, Query query, ModelVersion version) {
        return model.items(version)
                .map(index -> reacting(
                        visitor, query, version, new IndexedItems(index, slots, slot -> instead.vector(slot, version))))
                .orElse(visitor);
    }

    private Visitor reacting(Visitor visitor, Query query, ModelVersion version, ItemVectors items) {
        float[] learned = visitor.taste();
        float[] now = taste.vector(visitor.user(), learned, query.contextItem(), version, items);
        return new Visitor(
                visitor.user(),
                now,
                learned == null && now != null ? taste.nobody() : learned,
                visitor.tier(),
                taste.liked(visitor.user(), slots),
                taste.likedAt(visitor.user()));
    }
}
