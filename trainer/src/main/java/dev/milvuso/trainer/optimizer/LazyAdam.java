package dev.milvuso.trainer.optimizer;

import dev.milvuso.trainer.math.Pull;
import dev.milvuso.trainer.math.VectorMath;

/**
 * Adam (Kingma and Ba, ICLR 2015, algorithm 1), lazy: a row's moments and step count move only when the row is touched.
 * State of a row: step count, first moments, second moments.
 */
public final class LazyAdam implements Optimizer {
    private final float beta1;
    private final float beta2;
    private final float epsilon;
    private final BiasCorrection correction1;
    private final BiasCorrection correction2;

    public LazyAdam(float beta1, float beta2, float epsilon) {
        this.beta1 = beta1;
        this.beta2 = beta2;
        this.epsilon = epsilon;
        this.correction1 = new BiasCorrection(beta1);
        this.correction2 = new BiasCorrection(beta2);
    }

    @Override
    public int stateWidth(int dimension) {
        return 2 * dimension + 1;
    }

    @Override
    public void step(
            float[] rows, int offset, float[] gradient, int length, float[] state, int stateOffset, float rate) {
        float t = ++state[stateOffset];
        float scaled = rate / correction1.after(t);
        float inverse = 1 / correction2.after(t);
        int first = stateOffset + 1;
        int second = first + length;
        for (int i = 0; i < length; i++) {
            float g = gradient[i];
            float m = Math.fma(beta1, state[first + i], (1 - beta1) * g);
            float v = Math.fma(beta2, state[second + i], (1 - beta2) * g * g);
            state[first + i] = m;
            state[second + i] = v;
            rows[offset + i] -= scaled * m / ((float) Math.sqrt(v * inverse) + epsilon);
        }
    }

    @Override
    public void step(float[] rows, int offset, Pull pull, int length, float[] state, int stateOffset, float rate) {
        float t = ++state[stateOffset];
        float scaled = rate / correction1.after(t);
        float inverse = 1 / correction2.after(t);
        VectorMath.BEST.adamStep(
                rows, offset, pull, state, stateOffset + 1, beta1, beta2, scaled, inverse, epsilon, length);
    }
}
