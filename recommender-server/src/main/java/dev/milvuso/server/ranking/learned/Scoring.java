package dev.milvuso.server.ranking.learned;

import dev.milvuso.ranker.ItemHeat;
import dev.milvuso.ranker.Machine;
import dev.milvuso.ranker.Matching;
import dev.milvuso.server.ranking.ItemSpace;
import dev.milvuso.server.recommend.Candidates;
import dev.milvuso.server.tier.memory.Nearness;
import dev.milvuso.vector.Metric;
import java.util.Arrays;

/** Scores the candidates of one request after the other, without making anything. For one thread at a time. */
final class Scoring {
    private static final ItemSpace.Vectors NONE = slot -> null;
    private static final String MODE = System.getProperty("folded.mode", "shift");
    private static final double FADE = Double.parseDouble(System.getProperty("folded.fade", "1"));

    private final Metric metric;
    private final int dimension;
    private final Matching matching;
    private final float[] numbers = new float[Matching.SIZE];
    private ItemSpace.Vectors vectors = NONE;
    private ItemHeat heat = new ItemHeat(1, 1);
    private long now;
    private float[] learned = {};
    private int size;
    private int[] rows = new int[64];
    private double[] values = new double[64];
    private float[] scores = new float[64];
    private float[] learnedScores = new float[64];

    /** @param factors how many of the numbers are taste */
    Scoring(Metric metric, int dimension, int factors) {
        this.metric = metric;
        this.dimension = dimension;
        this.matching = new Matching(dimension, factors);
    }

    boolean fits(float[] taste) {
        return taste.length == dimension;
    }

    /**
     * @param learnedTaste of the user, without what they did last
     * @param recent slots of what the user liked last, the newest first
     */
    void begin(float[] learnedTaste, int[] recent, ItemSpace.Vectors items, ItemHeat popularity, long millis) {
        learned = learnedTaste;
        vectors = items;
        heat = popularity;
        now = millis;
        matching.begin(learnedTaste, 0);
        boolean room = true;
        for (int i = 0; i < recent.length && room; i++) {
            float[] vector = items.of(recent[i]);
            room = vector == null || vector.length != dimension || matching.liked(vector, 0);
        }
    }

    /** @param taste that the candidates were found by */
    void rank(float[] parameters, float[] taste, Candidates candidates, int source) {
        size = 0;
        room(candidates.size());
        for (int row = 0; row < candidates.size(); row++) {
            float[] vector = candidates.source(row) == source ? vectors.of(candidates.slot(row)) : null;
            if (vector != null && vector.length == dimension) {
                score(parameters, candidates, row, vector);
            }
        }
        if (taste != learned && !MODE.equals("old")) {
            follow(taste, candidates);
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
        learnedScores[size] = Nearness.of(metric, learned, vector);
        if (candidates.isExplained()) {
            candidates.explain(slot, "retrieval", candidates.score(row));
            candidates.explain(slot, "ranker", value);
        }
        insert(size++, row, value);
    }

    /** Adds what the latest actions do to each item's score to the score that the ranker's order gives it. */
    private void follow(float[] taste, Candidates candidates) {
        Arrays.sort(learnedScores, 0, size);
        for (int i = 0; i < size; i++) {
            int row = rows[i];
            float[] vector = vectors.of(candidates.slot(row));
            if (vector != null) {
                double before = Nearness.of(metric, learned, vector);
                double after = Nearness.of(metric, taste, vector);
                insert(i, row, after + FADE * (learnedScores[size - 1 - i] - before));
            }
        }
    }

    /** Puts a row among those before a place, the largest value first, equal ones as they came. */
    private void insert(int from, int row, double value) {
        int place = from;
        while (place > 0 && values[place - 1] < value) {
            values[place] = values[place - 1];
            rows[place] = rows[place - 1];
            place--;
        }
        values[place] = value;
        rows[place] = row;
    }

    private void room(int count) {
        if (count > rows.length) {
            rows = new int[2 * count];
            values = new double[2 * count];
            scores = new float[2 * count];
            learnedScores = new float[2 * count];
        }
    }
}
