package dev.milvuso.server.ranking.learned;

/**
 * AdaGrad (Duchi, Hazan and Singer, "Adaptive subgradient methods", JMLR 2011): {@code w -= rate g / sqrt(sum of g² +
 * 1e-8)}, {@code g} with the gradient of {@code l2/2 w²}.
 */
public final class AdaGradWeights implements Weights {
    private static final double LEAST = 1e-8;

    private final double rate;
    private final double l2;
    private final float[] weights;
    private final float[] squares;

    /** @param start the first values, which are copied */
    public AdaGradWeights(float[] start, double rate, double l2) {
        this.weights = start.clone();
        this.squares = new float[start.length];
        this.rate = rate;
        this.l2 = l2;
    }

    @Override
    public float get(int index) {
        return weights[index];
    }

    @Override
    public void step(int index, double gradient) {
        double all = gradient + l2 * weights[index];
        squares[index] += (float) (all * all);
        weights[index] -= (float) (rate * all / Math.sqrt(squares[index] + LEAST));
    }
}
