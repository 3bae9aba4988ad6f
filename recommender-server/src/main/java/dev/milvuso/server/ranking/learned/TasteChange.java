package dev.milvuso.server.ranking.learned;

import dev.milvuso.vector.Metric;

/**
 * How an item's score changed when the latest actions were folded into a user's vector. Plain loops, so that it is the
 * same on every machine to the last bit. For one thread.
 */
final class TasteChange {
    private final Metric metric;
    private float[] learned = {};
    private float[] taste = {};
    private double learnedLength;
    private double tasteLength;
    private double before;
    private double after;

    TasteChange(Metric metric) {
        this.metric = metric;
    }

    /**
     * @param learnedTaste the vector without the latest actions, and
     * @param tasteNow with them; of one length
     */
    void begin(float[] learnedTaste, float[] tasteNow) {
        learned = learnedTaste;
        taste = tasteNow;
        learnedLength = length(learned);
        tasteLength = length(taste);
    }

    /** @param item its vector, of that length too */
    void of(float[] item) {
        double byLearned = 0;
        double byTaste = 0;
        double squares = 0;
        for (int i = 0; i < item.length; i++) {
            double number = item[i];
            byLearned += learned[i] * number;
            byTaste += taste[i] * number;
            squares += number * number;
        }
        before = score(byLearned, learnedLength, squares);
        after = score(byTaste, tasteLength, squares);
    }

    /** The item's score by the learned vector, finite: by distance but for a part that all items share. */
    double before() {
        return before;
    }

    /** What the latest actions add to it, finite. */
    double added() {
        return after - before;
    }

    private double score(double product, double length, double squares) {
        return switch (metric) {
            case INNER_PRODUCT -> product;
            case COSINE -> squares > 0 && length > 0 ? product / (length * Math.sqrt(squares)) : 0;
            case EUCLIDEAN -> 2 * product - squares;
            case MANHATTAN -> throw new IllegalArgumentException("models have no metric " + metric.label());
        };
    }

    private static double length(float[] vector) {
        double squares = 0;
        for (float number : vector) {
            squares += (double) number * number;
        }
        return Math.sqrt(squares);
    }
}
