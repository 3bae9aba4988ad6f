package dev.milvuso.trainer.optimizer;

import dev.milvuso.trainer.math.Pull;
import dev.milvuso.trainer.math.VectorMath;

/**
 * AdaGrad with one sum for the whole row: {@code s += |g|²; w -= rate * g / (√s + epsilon)} (Gupta, Bengio and Weston,
 * "Training highly multiclass classifiers", JMLR 15, 2014; the usual choice for embedding tables). A new row moves by
 * {@code rate} at its first step whatever the gradient, and by less with every further one; one number of state.
 *
 * @param epsilon keeps the first steps finite
 */
public record RowWiseAdaGrad(float epsilon) implements Optimizer {
    @Override
    public int stateWidth(int dimension) {
        return 1;
    }

    @Override
    public void step(
            float[] rows, int offset, float[] gradient, int length, float[] state, int stateOffset, float rate) {
        float sum = state[stateOffset] + VectorMath.BEST.dot(gradient, 0, gradient, 0, length);
        state[stateOffset] = sum;
        float scale = rate / ((float) Math.sqrt(sum) + epsilon);
        for (int i = 0; i < length; i++) {
            rows[offset + i] -= scale * gradient[i];
        }
    }

    @Override
    public void step(float[] rows, int offset, Pull pull, int length, float[] state, int stateOffset, float rate) {
        float sum = state[stateOffset] + VectorMath.BEST.squares(rows, offset, pull, length);
        state[stateOffset] = sum;
        VectorMath.BEST.step(rows, offset, pull, rate / ((float) Math.sqrt(sum) + epsilon), length);
    }
}
