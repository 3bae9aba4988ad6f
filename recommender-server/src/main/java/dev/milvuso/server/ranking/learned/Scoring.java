package dev.milvuso.server.ranking.learned;

import dev.milvuso.ranker.ItemHeat;
import dev.milvuso.ranker.Machine;
import dev.milvuso.ranker.Matching;
import dev.milvuso.server.ranking.ItemSpace;
import dev.milvuso.server.recommend.Candidates;
import java.util.Arrays;

/** Scores the candidates of one request after the other, without making anything. For one thread at a time. */
final class Scoring {
    private static final ItemSpace.Vectors NONE = slot -> null;

    private final int dimension;
    private final Matching matching;
    private final float[] numbers = new float[Matching.SIZE];
    private ItemSpace.Vectors vectors = NONE;
    private ItemHeat heat = new ItemHeat(1, 1);
    private long now;
    private int size;
    private int[] rows = new int[64];
    private double[] liked = new double[64];
    private float[] scores = new float[64];

    /** @param factors how many of the numbers are taste */
    Scoring(int dimension, int factors) {
        this.dimension = dimension;
        this.matching = new Matching(dimension, factors);
    }

    boolean fits(float[] taste) {
        return taste.length == dimension;
    }

    /** @param recent slots of what the user liked last, the newest first */
    void begin(float[] taste, int[] recent, ItemSpace.Vectors items, ItemHeat popularity, long millis) {
        vectors = items;
        heat = popularity;
        now = millis;
        matching.begin(taste, 0);
        boolean room = true;
        for (int i = 0; i < recent.length && room; i++) {
            float[] vector = items.of(recent[i]);
            room = vector == null || vector.length != dimension || matching.liked(vector, 0);
        }
    }

    void rank(float[] parameters, Candidates candidates, int source) {
        size = 0;
        room(candidates.size());
        for (int row = 0; row < candidates.size(); row++) {
            float[] vector = candidates.source(row) == source ? vectors.of(candidates.slot(row)) : null;
            if (vector != null && vector.length == dimension) {
                score(parameters, candidates, row, vector);
            }
        }
        vectors = NONE;
        Arrays.sort(scores, 0, size);
        for (int i = 0; i < size; i++) {
            candidates.score(rows[i], scores[size - 1 - i]);
        }
        candidates.sort(0, candidates.size());
    }

    private void score(float[] parameters, Candidates candidates, int row, float[] vector) {
        int slot = candidates.slot(row);
        matching.item(vector, 0, heat.popularity(slot, now), heat.trend(slot, now), numbers);
        Machine.scale(parameters, numbers, Matching.SIZE);
        double value = Machine.score(parameters, numbers, Matching.SIZE);
        scores[size] = candidates.score(row);
        if (candidates.isExplained()) {
            candidates.explain(slot, "retrieval", candidates.score(row));
            candidates.explain(slot, "ranker", value);
        }
        insert(row, value);
    }

    /** Keeps the rows in the ranker's order, equal ones as they came. */
    private void insert(int row, double value) {
        int place = size++;
        while (place > 0 && liked[place - 1] < value) {
            liked[place] = liked[place - 1];
            rows[place] = rows[place - 1];
            place--;
        }
        liked[place] = value;
        rows[place] = row;
    }

    private void room(int count) {
        if (count > rows.length) {
            rows = new int[2 * count];
            liked = new double[2 * count];
            scores = new float[2 * count];
        }
    }
}
