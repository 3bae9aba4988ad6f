package dev.milvuso.server.recommend;

import dev.milvuso.action.ItemId;
import dev.milvuso.action.ShownItems;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * The items of a list, best first, in columns: as an object of its own each item of the many lists that are kept would
 * be copied by the garbage collector. Never changes once it is read; safe for use by many threads then.
 */
public final class RecommendedItems extends AbstractList<Recommended> implements RandomAccess {
    private final ItemId[] ids;
    private final float[] scores;
    private final String[] sources;
    private final float[] probabilities;
    private Explanation @Nullable [] explanations;
    private @Nullable ShownItems shown;

    /** Of as many items, each of which is {@link #put} afterwards. */
    RecommendedItems(int size) {
        ids = new ItemId[size];
        scores = new float[size];
        sources = new String[size];
        probabilities = new float[size];
    }

    /** A copy; the same if it is one. */
    public static RecommendedItems copyOf(List<Recommended> items) {
        if (items instanceof RecommendedItems same) {
            return same;
        }
        RecommendedItems copy = new RecommendedItems(items.size());
        for (int i = 0; i < items.size(); i++) {
            Recommended each = items.get(i);
            copy.put(i, each.item(), each.score(), each.source(), each.probability(), each.explanation());
        }
        return copy;
    }

    /**
     * Says what an item is, before anybody reads it: all but the place as in {@link Recommended}.
     *
     * @throws IllegalArgumentException if the score is not a finite number
     */
    void put(int place, ItemId id, float score, String source, float probability, @Nullable Explanation explanation) {
        Recommended.checkScore(id, score);
        ids[place] = id;
        scores[place] = score;
        sources[place] = source;
        probabilities[place] = probability;
        if (explanation != null) {
            explanations = explanations == null ? new Explanation[ids.length] : explanations;
            explanations[place] = explanation;
        }
    }

    @Override
    public int size() {
        return ids.length;
    }

    @Override
    public Recommended get(int index) {
        return new Recommended(ids[index], scores[index], sources[index], probabilities[index], explanation(index));
    }

    public ItemId id(int index) {
        return ids[index];
    }

    public float score(int index) {
        return scores[index];
    }

    public String source(int index) {
        return sources[index];
    }

    public float probability(int index) {
        return probabilities[index];
    }

    /** Null if nobody asked for it. */
    @Nullable Explanation explanation(int index) {
        return explanations == null ? null : explanations[index];
    }

    /**
     * The first so many as they are shown.
     *
     * @param teams whose pick each item was; empty unless two rankings were interleaved
     */
    public ShownItems shown(int most, List<String> teams) {
        int count = Math.min(most, ids.length);
        if (!teams.isEmpty()) {
            return new ShownItems(count, ids, probabilities, sources, teams.toArray(String[]::new));
        }
        ShownItems known = shown; // two threads may both make it
        if (known == null || known.size() != count) {
            known = new ShownItems(count, ids, probabilities, sources, null);
            shown = known;
        }
        return known;
    }
}
