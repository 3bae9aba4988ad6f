package dev.milvuso.trainer.optimizer;

/**
 * AMSGrad (Reddi, Kale and Kumar, ICLR 2018, algorithm 2): Adam that divides by the largest second moment so far, so
 * that steps never grow again; without Adam's corrections, as the paper has it. Lazy. State of a row: first moments,
 * second moments, the largest of these.
 */
public record AmsGrad(float beta1, float beta2, float epsilon) implements Optimizer {
    @Override
    public int stateWidth(int dimension) {
        return 3 * dimension;
    }

    @Override
    public void step(
            float[] rows, int offset, float[] gradient, int length, float[] state, int stateOffset, float rate) {
        int second = stateOffset + length;
        int largest = second + length;
        for (int i = 0; i < length; i++) {
            float g = gradient[i];
            float m = beta1 * state[stateOffset + i] + (1 - beta1) * g;
            float v = beta2 * state[second + i] + (1 - beta2) * g * g;
            float most = Math.max(state[largest + i], v);
            state[stateOffset + i] = m;
            state[second + i] = v;
            state[largest + i] = most;
            rows[offset + i] -= rate * m / ((float) Math.sqrt(most) + epsilon);
        }
    }
}
