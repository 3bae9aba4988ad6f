package dev.milvuso.trainer.optimizer;

import dev.milvuso.trainer.math.Pull;
import dev.milvuso.trainer.math.VectorMath;

/**
 * AdaGrad (Duchi, Hazan and Singer, JMLR 12, 2011): {@code s += g²; w -= rate * g / (√s + epsilon)}.
 *
 * @param epsilon keeps the first steps finite
 */
public record AdaGrad(float epsilon) implements Optimizer {
    @Override
    public int stateWidth(int dimension) {
        return dimension;
    }

    @Override
    public void step(
            float[] rows, int offset, float[] gradient, int length, float[] state, int stateOffset, float rate) {
        for (int i = 0; i < length; i++) {
            float g = gradient[i];
            float sum = Math.fma(g, g, state[stateOffset + i]);
            state[stateOffset + i] = sum;
            rows[offset + i] -= rate * g / ((float) Math.sqrt(sum) + epsilon);
        }
    }

    @Override
    public void step(float[] rows, int offset, Pull pull, int length, float[] state, int stateOffset, float rate) {
        VectorMath.BEST.adaGradStep(rows, offset, pull, state, stateOffset, rate, epsilon, length);
    }
}
