package dev.milvuso.trainer.optimizer;

import dev.milvuso.trainer.math.Pull;
import dev.milvuso.trainer.math.VectorMath;
import dev.milvuso.trainer.parameter.Rows;

/** Stochastic gradient descent (Robbins and Monro, 1951): {@code w -= rate * g}. */
public record Sgd() implements Optimizer {
    @Override
    public int stateWidth(int dimension) {
        return 0;
    }

    @Override
    public void step(
            float[] rows, int offset, float[] gradient, int length, float[] state, int stateOffset, float rate) {
        for (int i = 0; i < length; i++) {
            rows[offset + i] -= rate * gradient[i];
        }
    }

    @Override
    public void step(float[] rows, int offset, Pull pull, int length, float[] state, int stateOffset, float rate) {
        VectorMath.BEST.step(rows, offset, pull, rate, length);
    }

    @Override
    public void steps(
            Rows rows, int[] which, int count, Pull pull, float[] slopes, float[] l2, int length, float rate) {
        VectorMath.BEST.steps(rows, which, count, pull, slopes, l2, rate, length);
    }
}
