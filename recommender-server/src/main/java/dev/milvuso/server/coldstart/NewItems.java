package dev.milvuso.server.coldstart;

import dev.milvuso.server.recommend.CandidateSource;
import dev.milvuso.server.recommend.Candidates;
import dev.milvuso.server.recommend.LeastCosine;
import dev.milvuso.server.recommend.Visit;
import dev.milvuso.server.sync.ServedModel;
import dev.milvuso.server.tier.memory.ItemIndex;
import java.util.Optional;

/**
 * Of the items of which little is known those nearest to the visitor's taste.
 *
 * @param least holds for the vectors that they are served by
 */
public record NewItems(ServedModel model, ColdShelf shelf, LeastCosine least) implements CandidateSource {
    public static final String NAME = "new";

    /** There is no use in more: what a list has room for, and some to choose from. */
    private static final int MOST = 64;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String explanation() {
        return "nearness of the user's vector to that of a new item, which goes by what it is until enough have acted on it";
    }

    @Override
    public boolean isPersonal() {
        return true;
    }

    @Override
    public void collect(Visit visit, Candidates into, int self, int room) {
        float[] taste = visit.visitor().taste();
        Optional<ItemIndex> index = visit.version().flatMap(model::items);
        if (taste == null || index.isEmpty()) {
            return;
        }
        ColdItems cold = shelf.items(visit.version().get());
        int most = Math.min(room, MOST);
        int[] best = new int[most];
        float[] scores = new float[most];
        int size = 0;
        for (int i = 0; i < cold.size(); i++) {
            float score = index.get().score(taste, cold.vectors[i]);
            boolean enters = size < most || score > scores[most - 1];
            if (enters
                    && Float.isFinite(score)
                    && visit.fits().test(cold.slots[i])
                    && least.allows(taste, cold.vectors[i])) {
                size = Math.min(most, size + 1);
                int place = size - 1;
                for (; place > 0 && scores[place - 1] < score; place--) {
                    scores[place] = scores[place - 1];
                    best[place] = best[place - 1];
                }
                scores[place] = score;
                best[place] = cold.slots[i];
            }
        }
        for (int i = 0; i < size; i++) {
            into.add(best[i], scores[i], self);
        }
    }
}
