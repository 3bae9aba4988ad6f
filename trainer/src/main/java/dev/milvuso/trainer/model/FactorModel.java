package dev.milvuso.trainer.model;

import dev.milvuso.embedding.Embedding;
import dev.milvuso.embedding.Kind;
import dev.milvuso.trainer.initializer.RowInitializer;
import dev.milvuso.trainer.initializer.XavierInitializer;
import dev.milvuso.trainer.math.VectorMath;
import dev.milvuso.trainer.optimizer.Optimizer;
import dev.milvuso.trainer.parameter.ParameterTable;

/**
 * Biased matrix factorization (Koren, Bell and Volinsky, IEEE Computer 42, 2009). The item's bias is the last number of
 * its row, against a constant 1 in the user's, so a score is a plain inner product; or what else {@link Scoring} says.
 */
public record FactorModel(ParameterTable users, ParameterTable items, Scoring scoring) {
    /**
     * An empty model.
     *
     * @param dimension numbers of a row, bias included, at least 2
     */
    public static FactorModel empty(int dimension, Optimizer optimizer, long seed) {
        return empty(dimension, optimizer, seed, 1);
    }

    /**
     * An empty model whose users begin smaller, so that a new user's first actions outweigh what chance began with.
     *
     * @param userGain of the initializer of users
     */
    public static FactorModel empty(int dimension, Optimizer optimizer, long seed, double userGain) {
        return empty(dimension, optimizer, optimizer, seed, userGain);
    }

    /** An empty model whose users move by another optimizer than its items. */
    public static FactorModel empty(int dimension, Optimizer users, Optimizer items, long seed, double userGain) {
        return empty(
                dimension,
                users,
                items,
                new XavierInitializer(seed, userGain),
                new XavierInitializer(seed),
                Scoring.INNER_PRODUCT);
    }

    /** An empty model whose rows begin as the initializers say, their biases apart. */
    public static FactorModel empty(
            int dimension,
            Optimizer userOptimizer,
            Optimizer itemOptimizer,
            RowInitializer users,
            RowInitializer items,
            Scoring scoring) {
        return new FactorModel(
                new ParameterTable(
                        Kind.USER,
                        dimension,
                        userOptimizer.stateWidth(dimension),
                        scoring.userBiases() ? new BiasedRows(users) : users),
                new ParameterTable(
                        Kind.ITEM,
                        dimension,
                        itemOptimizer.stateWidth(dimension),
                        scoring.userBiases() ? new BiasedRows(items) : items),
                scoring);
    }

    /** The same rows, scored in another way. */
    public FactorModel scored(Scoring by) {
        return new FactorModel(users, items, by);
    }

    /** Whether every number of every row is finite, and so small that scores are finite too. */
    public boolean isServable() {
        return isServable(users) && isServable(items);
    }

    private static boolean isServable(ParameterTable table) {
        for (int row = 0; row < table.size(); row++) {
            for (float number : table.vector(row)) {
                if (!Embedding.isServable(number)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** How near the item is to the user by the model's metric, larger is nearer: what a search orders by. */
    public float score(int user, int item) {
        return scoring.nearness(users.rows(), user, items.rows(), item);
    }

    /** The score that the loss saw: a rating, or the logarithm of odds, whatever was learnt. */
    public float estimate(int user, int item) {
        return scoring.globalBias() + scoring.scale() * score(user, item);
    }

    /** Inner product of two rows. */
    public static float dot(float[] a, int aOffset, float[] b, int bOffset, int length) {
        return VectorMath.BEST.dot(a, aOffset, b, bOffset, length);
    }
}
