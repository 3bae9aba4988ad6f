package dev.milvuso.trainer.replay;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One user's vector by least squares from the latest actions, the items staying as they are: it minimizes {@code Σ (1 -
 * u·v)²} over those actions {@code + a Σ (u·v)²} over all items {@code + l |u|²}, as one half step of implicit ALS does
 * (Hu, Koren and Volinsky, ICDM 2008).
 */
final class FoldedUser {
    private final int window;
    private final Inverse inverse;
    private final double[] sum;
    private final Deque<float[]> actions = new ArrayDeque<>();

    /**
     * @param inverse of the normal equations, shape [d][d], without actions; becomes this user's own
     * @param window actions that count, the latest
     */
    FoldedUser(Inverse inverse, int dimension, int window) {
        this.window = window;
        this.inverse = inverse;
        this.sum = new double[dimension];
    }

    boolean isNew() {
        return actions.isEmpty();
    }

    /** @param item its vector, shape [d] */
    void add(float[] item) {
        actions.add(item);
        move(item, 1);
        if (actions.size() > window) {
            move(actions.remove(), -1);
        }
    }

    private void move(float[] item, int sign) {
        inverse.add(item, sign);
        for (int i = 0; i < sum.length; i++) {
            sum[i] += sign * item[i];
        }
    }

    /** The user's vector, shape [d]. */
    double[] vector() {
        return inverse.times(sum);
    }
}
