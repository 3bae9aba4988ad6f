package dev.milvuso.trainer.optimizer;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, ICLR 2019, algorithm 2), lazy as {@link LazyAdam}: a row
 * decays only when it is touched. State of a row: step count, first moments, second moments.
 *
 * @param decay of the weights themselves, per unit of rate, 0 or more
 */
public record AdamW(LazyAdam adam, float decay) implements Optimizer {
    @Override
    public int stateWidth(int dimension) {
        return adam.stateWidth(dimension);
    }

    @Override
    public void step(
            float[] rows, int offset, float[] gradient, int length, float[] state, int stateOffset, float rate) {
        float left = 1 - rate * decay;
        for (int i = 0; i < length; i++) {
            rows[offset + i] *= left;
        }
        adam.step(rows, offset, gradient, length, state, stateOffset, rate);
    }
}
