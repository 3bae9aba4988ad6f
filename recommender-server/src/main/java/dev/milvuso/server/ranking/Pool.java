package dev.milvuso.server.ranking;

import dev.milvuso.server.catalogue.Codes;
import dev.milvuso.server.recommend.Candidates;
import dev.milvuso.server.recommend.Visit;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The candidates of one request in columns, while a list is put together of them. Used again; for one thread. */
final class Pool {
    private static final float[] NOWHERE = {};

    private final ItemSpace space;
    private int size;
    private int[] slots = new int[0];
    private int[] categories = new int[0];
    private float[][] vectors = new float[0][];
    private double[] lengths = new double[0];
    private boolean[] open = new boolean[0];
    private double[] relevance = new double[0];

    /** What a {@link Gain} remembers of each row. */
    double[] memory = new double[0];

    /** With how many of {@link #chosen} a {@link Gain} has compared each row. */
    int[] compared = new int[0];

    /** The rows that a {@link Gain} goes by, in the order in which they were chosen. */
    int[] chosen = new int[0];

    int chosenCount;

    /** What a {@link Gain} remembers of each row and each that was chosen; shape [size, count], row by row. */
    double[] rows = new double[0];

    Pool(ItemSpace space) {
        this.space = space;
    }

    /** Takes over all rows; likeness is known only if it is asked for. */
    void fill(Visit visit, Candidates candidates, boolean alike) {
        size = candidates.size();
        if (size > slots.length) {
            grow(2 * size);
        }
        for (int row = 0; row < size; row++) {
            slots[row] = candidates.slot(row);
            categories[row] = category(visit, slots[row]);
            open[row] = true;
        }
        if (alike) {
            locate(visit);
        }
    }

    private void grow(int room) {
        slots = new int[room];
        categories = new int[room];
        vectors = new float[room][];
        lengths = new double[room];
        open = new boolean[room];
        relevance = new double[room];
        memory = new double[room];
        compared = new int[room];
    }

    static int category(Visit visit, int slot) {
        return visit.items().item(slot) == null ? Codes.NONE : visit.items().category(slot);
    }

    private void locate(Visit visit) {
        ItemSpace.Vectors known = visit.version().map(space.models()).orElse(slot -> null);
        for (int row = 0; row < size; row++) {
            float[] vector = vector(known, slots[row]);
            vectors[row] = vector;
            lengths[row] = vector.length == 0 ? 0 : Math.sqrt(space.dot(vector, vector));
        }
    }

    private float[] vector(ItemSpace.Vectors known, int slot) {
        float @Nullable [] vector = known.of(slot);
        return vector == null || vector.length < space.factors() ? NOWHERE : vector;
    }

    /** Scales the scores to 0 to 1 over the rows that count; those of other rows may lie beyond. */
    void scale(Candidates candidates, boolean[] counts) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int row = 0; row < size; row++) {
            if (counts[candidates.source(row)]) {
                low = Math.min(low, candidates.score(row));
                high = Math.max(high, candidates.score(row));
            }
        }
        double range = high > low ? high - low : 1;
        double from = Double.isInfinite(low) ? 0 : low;
        for (int row = 0; row < size; row++) {
            relevance[row] = (candidates.score(row) - from) / range;
        }
    }

    /**
     * 0 to 1: {@code (1 + cosine) / 2}. Items without a place are alike if they are of one category, and like no item
     * that has one, so that the matrix of all likenesses stays positive semidefinite.
     */
    double likeness(int one, int other) {
        if (one == other) {
            return 1;
        }
        double product = lengths[one] * lengths[other];
        if (product > 0) {
            double cosine = space.dot(vectors[one], vectors[other]) / product;
            return (1 + Math.max(-1, Math.min(1, cosine))) / 2;
        }
        boolean alike = lengths[one] == lengths[other] && categories[one] == categories[other];
        return alike && categories[one] != Codes.NONE ? 1 : 0;
    }

    int size() {
        return size;
    }

    int slot(int row) {
        return slots[row];
    }

    int category(int row) {
        return categories[row];
    }

    double relevance(int row) {
        return relevance[row];
    }

    /** Whether it may still be chosen. */
    boolean isOpen(int row) {
        return open[row];
    }

    void close(int row) {
        open[row] = false;
    }

    /** Nothing more of the category is chosen. */
    void closeCategory(int category) {
        for (int row = 0; row < size; row++) {
            open[row] &= categories[row] != category;
        }
    }

    /** Lets go of what belongs to a model, which may be replaced. */
    void clear() {
        Arrays.fill(vectors, 0, Math.min(size, vectors.length), NOWHERE);
        Arrays.fill(lengths, 0, Math.min(size, lengths.length), 0);
    }
}
