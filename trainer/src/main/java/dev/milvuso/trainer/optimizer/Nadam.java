package dev.milvuso.trainer.optimizer;

/**
 * Adam with Nesterov's momentum (Dozat, ICLR workshop 2016, algorithm 2 with a constant beta), lazy. State of a row:
 * step count, first moments, second moments.
 */
public record Nadam(float beta1, float beta2, float epsilon) implements Optimizer {
    @Override
    public int stateWidth(int dimension) {
        return 2 * dimension + 1;
    }

    @Override
    public void step(
            float[] rows, int offset, float[] gradient, int length, float[] state, int stateOffset, float rate) {
        float t = ++state[stateOffset];
        float ahead = (float) (beta1 / (1 - Powers.of(beta1, t + 1)));
        float now = (float) ((1 - beta1) / (1 - Powers.of(beta1, t)));
        float correction2 = (float) (1 - Powers.of(beta2, t));
        int first = stateOffset + 1;
        int second = first + length;
        for (int i = 0; i < length; i++) {
            float g = gradient[i];
            float m = beta1 * state[first + i] + (1 - beta1) * g;
            float v = beta2 * state[second + i] + (1 - beta2) * g * g;
            state[first + i] = m;
            state[second + i] = v;
            rows[offset + i] -= rate * (ahead * m + now * g) / ((float) Math.sqrt(v / correction2) + epsilon);
        }
    }
}
