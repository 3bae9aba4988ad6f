package dev.milvuso.trainer.optimizer;

/**
 * Adam (Kingma and Ba, ICLR 2015, algorithm 1), lazy: a row's moments and step count move only when the row is touched.
 * State of a row: step count, first moments, second moments.
 */
public record LazyAdam(float beta1, float beta2, float epsilon) implements Optimizer {
    @Override
    public int stateWidth(int dimension) {
        return 2 * dimension + 1;
    }

    @Override
    public void step(
            float[] rows, int offset, float[] gradient, int length, float[] state, int stateOffset, float rate) {
        float t = ++state[stateOffset];
        float correction1 = (float) (1 - Powers.of(beta1, t));
        float correction2 = (float) (1 - Powers.of(beta2, t));
        int first = stateOffset + 1;
        int second = first + length;
        for (int i = 0; i < length; i++) {
            float g = gradient[i];
            float m = beta1 * state[first + i] + (1 - beta1) * g;
            float v = beta2 * state[second + i] + (1 - beta2) * g * g;
            state[first + i] = m;
            state[second + i] = v;
            rows[offset + i] -= rate * (m / correction1) / ((float) Math.sqrt(v / correction2) + epsilon);
        }
    }
}
