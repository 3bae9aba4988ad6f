package dev.milvuso.trainer.model;

import dev.milvuso.trainer.loss.Group;
import dev.milvuso.vector.Metric;

/**
 * Lets steps that know inner products alone learn cosines and distances. Both are functions of the inner product
 * {@code p = u·v} and of the squared lengths of the two rows, so their gradient by v is {@code ∂f/∂p · u + 2 ∂f/∂|v|² ·
 * v}: a step along the other row, and one that shrinks the row itself as L2 does. One group at a time; for one thread.
 */
final class Geometry {
    private final Metric metric;
    private float[] nearness = new float[0];
    private float[] squares = new float[0];
    private float[] shrinking = new float[0];
    private float userSquares;

    Geometry(Metric metric) {
        this.metric = metric;
    }

    void begin(int size, float userSquares) {
        this.userSquares = userSquares;
        if (size > nearness.length) {
            nearness = new float[size];
            squares = new float[size];
            shrinking = new float[size];
        }
    }

    /**
     * Takes an item of the group.
     *
     * @param product inner product of user and item
     * @param itemSquares squared length of the item's row
     * @return its nearness
     */
    float item(int i, float product, float itemSquares) {
        squares[i] = itemSquares;
        nearness[i] = metric == Metric.COSINE
                ? product / Nearness.root(userSquares) / Nearness.root(itemSquares)
                : 2 * product - userSquares - itemSquares;
        return nearness[i];
    }

    /**
     * Turns the group's slopes by scores into slopes by inner products.
     *
     * @return the slope of the user's row along itself
     */
    float turn(Group group, float scale) {
        float[] slopes = group.slopes();
        float user = 0;
        for (int i = 0; i < group.size(); i++) {
            float slope = scale * slopes[i];
            if (metric == Metric.COSINE) {
                float pull = slope * nearness[i];
                slopes[i] = slope / Nearness.root(userSquares) / Nearness.root(squares[i]);
                shrinking[i] = -pull / Math.max(Nearness.LEAST_SQUARES, squares[i]);
                user -= pull / Math.max(Nearness.LEAST_SQUARES, userSquares);
            } else {
                slopes[i] = 2 * slope;
                shrinking[i] = -2 * slope;
                user -= 2 * slope;
            }
        }
        return user;
    }

    /** The slope of an item's row along itself. */
    float shrinking(int i) {
        return shrinking[i];
    }

    float nearness(int i) {
        return nearness[i];
    }
}
