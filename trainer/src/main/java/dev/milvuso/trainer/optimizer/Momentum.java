package dev.milvuso.trainer.optimizer;

/**
 * Gradient descent with a velocity, {@code v = beta * v + g; w -= rate * v} (Polyak, 1964), or looking ahead with
 * {@code w -= rate * (g + beta * v)} (Nesterov, 1983, as Sutskever et al., ICML 2013, write it). Lazy: a row's velocity
 * moves only when the row is touched. State of a row: its velocity.
 *
 * @param beta what is left of the velocity, 0 to below 1
 */
public record Momentum(float beta, boolean nesterov) implements Optimizer {
    @Override
    public int stateWidth(int dimension) {
        return dimension;
    }

    @Override
    public void step(
            float[] rows, int offset, float[] gradient, int length, float[] state, int stateOffset, float rate) {
        for (int i = 0; i < length; i++) {
            float g = gradient[i];
            float velocity = beta * state[stateOffset + i] + g;
            state[stateOffset + i] = velocity;
            rows[offset + i] -= rate * (nesterov ? g + beta * velocity : velocity);
        }
    }
}
