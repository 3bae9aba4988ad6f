package dev.milvuso.server.recommend;

import dev.milvuso.action.ItemId;
import dev.milvuso.action.UserId;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.server.tier.WrittenTierContract;
import java.util.List;
import java.util.Optional;

/** What every tier of finished lists does: here a list of one item, named by the number. */
abstract class FinishedListsContract implements WrittenTierContract {
    static final Query QUERY = Query.of(10);

    /** Keeps the list as one that has just been made. */
    abstract void keep(UserId user, Recommendation list);

    abstract Optional<Recommendation> find(UserId user, ModelVersion version, Query query);

    /** Something has happened to the user. */
    abstract void drop(UserId user);

    @Override
    public void bring(String id, int number) {
        Recommended item = new Recommended(new ItemId("i" + number), number, "personal", 1, null);
        keep(
                new UserId(id),
                new Recommendation(VERSION.value(), "memory", List.of(), System.currentTimeMillis(), List.of(item)));
    }

    @Override
    public Optional<Integer> find(String id, ModelVersion version) {
        return find(new UserId(id), version, QUERY).map(list -> {
            Recommended item = list.items().get(0);
            return item.item().equals(new ItemId("i" + (int) item.score())) ? (int) item.score() : -1;
        });
    }

    @Override
    public void remove(String id, int number) {
        drop(new UserId(id));
    }
}
