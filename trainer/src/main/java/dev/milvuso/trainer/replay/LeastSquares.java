package dev.milvuso.trainer.replay;

/**
 * By inner products: minimizes {@code Σ (1 - u·v)²} over the actions {@code + a Σ (u·v)²} over all items {@code + l
 * |u|²}, as one half step of implicit ALS does (Hu, Koren and Volinsky, ICDM 2008). Of items of length 1 it orders by
 * cosine.
 */
final class LeastSquares implements Fit {
    private final Inverse inverse;
    private final double[] sum;

    /** @param inverse of the normal equations, shape [d][d], without actions; becomes this user's own */
    LeastSquares(Inverse inverse) {
        this.inverse = inverse;
        this.sum = new double[inverse.rows().length];
    }

    @Override
    public void move(float[] item, int sign) {
        inverse.add(item, sign);
        for (int i = 0; i < sum.length; i++) {
            sum[i] += sign * item[i];
        }
    }

    @Override
    public double[] vector() {
        return inverse.times(sum);
    }
}
