package dev.milvuso.server.taste;

import dev.milvuso.action.UserId;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.server.catalogue.ItemSlots;
import dev.milvuso.server.recommend.Making;
import dev.milvuso.server.recommend.Query;
import dev.milvuso.server.recommend.Visitor;
import dev.milvuso.server.recommend.Visitors;
import dev.milvuso.server.sync.ServedModel;
import java.util.Optional;

/** Visitors with what they did last and what they look at folded into what is known of them. */
public record ReactingVisitors(Visitors known, LatestTaste taste, ServedModel model, ItemSlots slots)
        implements Visitors {
    @Override
    public Optional<Visitor> here(UserId user, Query query, ModelVersion version) {
        return known.here(user, query, version).map(visitor -> reacting(visitor, query, version));
    }

    @Override
    public Visitor elsewhere(UserId user, Query query, ModelVersion version, Making making) {
        return reacting(known.elsewhere(user, query, version, making), query, version);
    }

    private Visitor reacting(Visitor visitor, Query query, ModelVersion version) {
        return model.items(version)
                .map(index -> new Visitor(
                        visitor.user(),
                        taste.vector(
                                visitor.user(),
                                visitor.taste(),
                                query.contextItem(),
                                version,
                                new IndexedItems(index, slots)),
                        visitor.tier(),
                        taste.liked(visitor.user(), slots)))
                .orElse(visitor);
    }
}
