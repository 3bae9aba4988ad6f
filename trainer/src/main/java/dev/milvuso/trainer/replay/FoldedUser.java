package dev.milvuso.trainer.replay;

import java.util.ArrayDeque;
import java.util.Deque;

/** One user's vector from the latest actions, the items staying as they are. */
final class FoldedUser {
    private final int window;
    private final Fit fit;
    private final Deque<float[]> actions = new ArrayDeque<>();

    /**
     * @param fit of this user alone, without actions
     * @param window actions that count, the latest
     */
    FoldedUser(Fit fit, int window) {
        this.window = window;
        this.fit = fit;
    }

    boolean isNew() {
        return actions.isEmpty();
    }

    /** @param item its vector, shape [d] */
    void add(float[] item) {
        actions.add(item);
        fit.move(item, 1);
        if (actions.size() > window) {
            fit.move(actions.remove(), -1);
        }
    }

    /** The user's vector, shape [d]. */
    double[] vector() {
        return fit.vector();
    }
}
