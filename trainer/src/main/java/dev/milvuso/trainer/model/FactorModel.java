package dev.milvuso.trainer.model;

import dev.milvuso.embedding.Kind;
import dev.milvuso.trainer.initializer.RowInitializer;
import dev.milvuso.trainer.initializer.XavierInitializer;
import dev.milvuso.trainer.math.VectorMath;
import dev.milvuso.trainer.optimizer.Optimizer;
import dev.milvuso.trainer.parameter.ParameterTable;

/**
 * Biased matrix factorization (Koren, Bell and Volinsky, IEEE Computer 42, 2009). The item's bias is the last number of
 * its row, against a constant 1 in the user's, so a score is a plain inner product.
 */
public record FactorModel(ParameterTable users, ParameterTable items) {
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
        return empty(dimension, optimizer, new XavierInitializer(seed, userGain), new XavierInitializer(seed));
    }

    /** An empty model whose rows begin as the initializers say. */
    public static FactorModel empty(int dimension, Optimizer optimizer, RowInitializer users, RowInitializer items) {
        int state = optimizer.stateWidth(dimension);
        return new FactorModel(
                new ParameterTable(Kind.USER, dimension, state, users),
                new ParameterTable(Kind.ITEM, dimension, state, items));
    }

    public float score(int user, int item) {
        return dot(users.chunk(user), users.offset(user), items.chunk(item), items.offset(item), users.dimension());
    }

    /** Inner product of two rows. */
    public static float dot(float[] a, int aOffset, float[] b, int bOffset, int length) {
        return VectorMath.BEST.dot(a, aOffset, b, bOffset, length);
    }
}
