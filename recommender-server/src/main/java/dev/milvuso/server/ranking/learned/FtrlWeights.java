package dev.milvuso.server.ranking.learned;

/**
 * FTRL-Proximal (McMahan et al., "Ad click prediction: a view from the trenches", KDD 2013, algorithm 1): weights whose
 * gradients never add up to more than {@code l1} are exactly 0.
 */
public final class FtrlWeights implements Weights {
    private final double alpha;
    private final double beta;
    private final double l1;
    private final double l2;
    private final double[] z;
    private final double[] n;

    /** All are 0 at first. */
    public FtrlWeights(int size, double alpha, double beta, double l1, double l2) {
        this.z = new double[size];
        this.n = new double[size];
        this.alpha = alpha;
        this.beta = beta;
        this.l1 = l1;
        this.l2 = l2;
    }

    @Override
    public float get(int index) {
        double at = z[index];
        if (Math.abs(at) <= l1) {
            return 0;
        }
        return (float) (-(at - Math.signum(at) * l1) / ((beta + Math.sqrt(n[index])) / alpha + l2));
    }

    @Override
    public void step(int index, double gradient) {
        double weight = get(index);
        double squares = n[index] + gradient * gradient;
        double sigma = (Math.sqrt(squares) - Math.sqrt(n[index])) / alpha;
        z[index] += gradient - sigma * weight;
        n[index] = squares;
    }
}
