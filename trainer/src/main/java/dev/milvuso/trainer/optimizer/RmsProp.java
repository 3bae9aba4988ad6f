package dev.milvuso.trainer.optimizer;

/**
 * RMSProp (Tieleman and Hinton, Coursera lecture 6.5, 2012): {@code s = rho * s + (1 - rho) * g²; w -= rate * g / (√s +
 * epsilon)}. Lazy. State of a row: s.
 */
public record RmsProp(float rho, float epsilon) implements Optimizer {
    @Override
    public int stateWidth(int dimension) {
        return dimension;
    }

    @Override
    public void step(
            float[] rows, int offset, float[] gradient, int length, float[] state, int stateOffset, float rate) {
        for (int i = 0; i < length; i++) {
            float g = gradient[i];
            float mean = rho * state[stateOffset + i] + (1 - rho) * g * g;
            state[stateOffset + i] = mean;
            rows[offset + i] -= rate * g / ((float) Math.sqrt(mean) + epsilon);
        }
    }
}
