package dev.milvuso.trainer.optimizer;

/**
 * FTRL-Proximal (McMahan et al., "Ad click prediction: a view from the trenches", KDD 2013, algorithm 1), the rate
 * being its alpha. The paper begins at weights of 0 and keeps one alpha; a row that begins elsewhere, or goes on with
 * another rate, does so with the z that leaves it where it is. State of a row: z, n.
 *
 * @param beta smooths the first steps, above 0
 * @param l1 what makes weights exactly 0, 0 or more
 * @param l2 0 or more
 */
public record FtrlProximal(float beta, float l1, float l2) implements Optimizer {
    @Override
    public int stateWidth(int dimension) {
        return 2 * dimension;
    }

    @Override
    public void step(
            float[] rows, int offset, float[] gradient, int length, float[] state, int stateOffset, float rate) {
        if (rate <= 0) {
            // An alpha of 0 moves nothing, and divides by nothing.
            return;
        }
        int squares = stateOffset + length;
        for (int i = 0; i < length; i++) {
            float g = gradient[i];
            float w = rows[offset + i];
            float n = state[squares + i];
            float root = (float) Math.sqrt(n);
            float sum = n + g * g;
            float newRoot = (float) Math.sqrt(sum);
            // What z is of a weight, and what it would be if the rate had always been the one of now: with that of
            // before, a rate that falls would shrink the weight, down to 0 at the end of a schedule.
            float z = w == 0 ? state[stateOffset + i] : -w * ((beta + root) / rate + l2) - Math.signum(w) * l1;
            z += g - (newRoot - root) / rate * w;
            state[stateOffset + i] = z;
            state[squares + i] = sum;
            float shrunk = Math.signum(z) * Math.max(0, Math.abs(z) - l1);
            rows[offset + i] = -shrunk / ((beta + newRoot) / rate + l2);
        }
    }
}
