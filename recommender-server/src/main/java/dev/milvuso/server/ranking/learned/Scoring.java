package dev.milvuso.server.ranking.learned;

import dev.milvuso.ranker.ItemHeat;
import dev.milvuso.ranker.Machine;
import dev.milvuso.ranker.Matching;
import dev.milvuso.server.ranking.ItemSpace;
import dev.milvuso.server.recommend.Candidates;
import dev.milvuso.server.recommend.Visitor;
import dev.milvuso.vector.Metric;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;

/** Scores the candidates of one request after the other, without making anything. For one thread at a time. */
final class Scoring {
    private static final ItemSpace.Vectors NONE = slot -> null;

    private final int dimension;
    private final Matching matching;
    private final TasteChange change;
    private final float[] numbers = new float[Matching.SIZE];
    private ItemSpace.Vectors vectors = NONE;
    private ItemHeat heat = new ItemHeat(1, 1);
    private IntToDoubleFunction lifts = slot -> 0;
    private long now;
    private int size;

    /** By place in the order so far. */
    private int[] rows = new int[64];

    private double[] values = new double[64];

    /** Those of all, in no order. */
    private float[] scores = new float[64];

    private double[] learnedScores = new double[64];

    /** By row. */
    private double[] before = new double[64];

    private double[] added = new double[64];

    /** @param factors how many of the numbers are taste */
    Scoring(Metric metric, int dimension, int factors) {
        this.dimension = dimension;
        this.matching = new Matching(dimension, factors);
        this.change = new TasteChange(metric);
    }

    boolean fits(float[] taste) {
        return taste.length == dimension;
    }

    /**
     * @param visitor with a taste
     * @param lifted how much likelier an item is next, by what the visitor did last, than it is otherwise: a logarithm
     */
    void begin(Visitor visitor, ItemSpace.Vectors items, ItemHeat popularity, IntToDoubleFunction lifted, long millis) {
        vectors = items;
        heat = popularity;
        lifts = lifted;
        now = millis;
        float[] learned = Objects.requireNonNull(visitor.learned());
        change.begin(learned, Objects.requireNonNull(visitor.taste()));
        matching.begin(learned, 0, millis, visitor.likedAt());
        boolean room = true;
        for (int i = 0; i < visitor.recent().length && room; i++) {
            float[] vector = items.of(visitor.recent()[i]);
            room = vector == null || vector.length != dimension || matching.liked(vector, 0);
        }
    }

    /** @param sources whose items are ordered */
    void rank(float[] parameters, Candidates candidates, IntPredicate sources) {
        size = 0;
        room(candidates.size());
        for (int row = 0; row < candidates.size(); row++) {
            float[] vector = sources.test(candidates.source(row)) ? vectors.of(candidates.slot(row)) : null;
            if (vector != null && vector.length == dimension) {
                score(parameters, candidates, row, vector);
            }
        }
        follow(candidates);
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
        change.of(vector);
        before[row] = change.before();
        added[row] = change.added();
        scores[size] = candidates.score(row);
        learnedScores[size] = before[row];
        if (candidates.isExplained()) {
            candidates.explain(slot, "retrieval", candidates.score(row));
            candidates.explain(slot, "ranker", value);
            if (added[row] != 0) {
                candidates.explain(slot, "latest_actions", added[row]);
            }
        }
        insert(size++, row, value);
    }

    /**
     * Each item gets the learned score that the ranker's order gives it instead of its own, as far as nothing but taste
     * speaks for it, and what the latest actions add to its own.
     */
    private void follow(Candidates candidates) {
        Arrays.sort(learnedScores, 0, size);
        for (int i = 0; i < size; i++) {
            int row = rows[i];
            double gained = learnedScores[size - 1 - i] - before[row];
            double byTaste = Math.exp(-lifts.applyAsDouble(candidates.slot(row)));
            insert(i, row, before[row] + byTaste * gained + added[row]);
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
            learnedScores = new double[2 * count];
            before = new double[2 * count];
            added = new double[2 * count];
        }
    }
}
