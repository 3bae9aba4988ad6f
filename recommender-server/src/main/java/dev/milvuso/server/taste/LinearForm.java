package dev.milvuso.server.taste;

import dev.milvuso.config.Config;
import dev.milvuso.vector.Metric;

/**
 * Writes vectors such that by every metric the order of items is that of an inner product, over one number more than
 * the model has: an item's carries what does not depend on the user, a user's is 1. By cosine an item is written with
 * length 1; by distance {@code -|u - v|² = 2 (u·v - |v|²/2) - |u|²}, whose last term is the same for all items.
 *
 * @param dimension numbers of a learned vector
 * @param factors the first of them, which are learned for a user; behind them are constants, by which biases count
 */
public record LinearForm(Metric metric, int dimension, int factors) {
    public LinearForm {
        if (factors < 1 || factors > dimension) {
            throw new IllegalArgumentException("factors is " + factors + ": must be 1 to " + dimension);
        }
    }

    /** As the trainer writes them under this configuration. */
    public static LinearForm of(Config config) {
        return of(
                Metric.named(config.training().metric()),
                config.recommendation().embeddingDim(),
                config.training().biases());
    }

    /** @param biases {@code training.biases} */
    public static LinearForm of(Metric metric, int dimension, String biases) {
        int constants = switch (biases) {
            case "all" -> 2;
            case "off" -> 0;
            default -> 1;
        };
        return new LinearForm(metric, dimension, Math.max(1, dimension - constants));
    }

    /** Numbers at a learned vector's end that say nothing of taste: biases, and constants by which they count. */
    public int constants() {
        return dimension - factors;
    }

    /** Numbers of a written vector. */
    public int length() {
        return dimension + 1;
    }

    /** Of somebody of whom nothing is learned: all items in the order of their biases. Shape [dimension]. */
    public float[] nobody() {
        float[] user = new float[dimension];
        if (dimension > factors) {
            user[dimension - 1] = 1;
        }
        return user;
    }

    /**
     * @param vector an item's, shape [dimension]
     * @param out shape [length] from {@code at} on
     */
    void item(float[] vector, double[] out, int at) {
        double squares = metric == Metric.INNER_PRODUCT ? 0 : squares(vector);
        double factor = metric != Metric.COSINE ? 1 : squares > 0 ? 1 / Math.sqrt(squares) : 0;
        for (int i = 0; i < dimension; i++) {
            out[at + i] = factor * vector[i];
        }
        out[at + dimension] = metric == Metric.EUCLIDEAN ? -squares / 2 : 0;
    }

    private double squares(float[] vector) {
        double squares = 0;
        for (int i = 0; i < dimension; i++) {
            squares += (double) vector[i] * vector[i];
        }
        return squares;
    }

    /**
     * @param vector a user's, shape [dimension]
     * @param out shape [length]
     */
    void user(float[] vector, double[] out) {
        for (int i = 0; i < dimension; i++) {
            out[i] = vector[i];
        }
        out[dimension] = 1;
    }
}
