package dev.milvuso.server.ranking;

import dev.milvuso.server.recommend.CandidateSource;
import dev.milvuso.server.recommend.Candidates;
import dev.milvuso.server.recommend.LeastCosine;
import dev.milvuso.server.recommend.Visit;
import dev.milvuso.server.sync.ServedModel;
import dev.milvuso.server.tier.memory.ItemIndex;
import dev.milvuso.vector.index.Found;
import dev.milvuso.vector.index.Selection;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * The nearest, in memory, of what the visitor liked last, as many of each.
 *
 * @param factors how many numbers at a vector's beginning are taste
 */
public record LikeRecent(ServedModel model, int factors, LeastCosine least) implements CandidateSource {
    public static final String NAME = "similar";

    private static final int LATEST = 3;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String explanation() {
        return "near to what was liked of late, by the learned vectors of items";
    }

    @Override
    public boolean isPersonal() {
        return true;
    }

    @Override
    public void collect(Visit visit, Candidates into, int self, int room) {
        ItemIndex index = visit.version().flatMap(model::items).orElse(null);
        int[] recent = visit.visitor().recent();
        if (index == null || recent.length == 0) {
            return;
        }
        IntPredicate fits = least.fits(visit);
        int latest = Math.min(LATEST, recent.length);
        int left = room;
        for (int i = 0; i < latest; i++) {
            float[] vector = index.vector(recent[i]);
            if (vector != null) {
                left -= near(index, vector, fits, into, self, (left + latest - i - 1) / (latest - i));
            }
        }
    }

    private int near(ItemIndex index, float[] vector, IntPredicate fits, Candidates into, int self, int room) {
        float[] wanted = vector.clone();
        Arrays.fill(wanted, Math.min(factors, wanted.length), wanted.length, 0);
        Selection others = Selection.matching(slot -> !into.contains(slot) && fits.test(slot));
        Found found = index.search(wanted, room, -1, others);
        int before = into.size();
        for (int i = 0; i < found.slots().length; i++) {
            into.add(found.slots()[i], found.scores()[i], self);
        }
        return into.size() - before;
    }
}
