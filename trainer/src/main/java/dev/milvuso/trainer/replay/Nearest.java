package dev.milvuso.trainer.replay;

/**
 * By distances: minimizes {@code Σ |u - v|²} over the actions {@code + w |u - m|²}, so it lies between their mean and a
 * middle {@code m} where a user without any would be. The last number stays 1, against which items have their bias.
 */
final class Nearest implements Fit {
    private final double[] sum;
    private double weight;

    /**
     * @param middle shape [d]
     * @param weight of the middle, against 1 for an action, above 0
     */
    Nearest(double[] middle, double weight) {
        this.weight = weight;
        this.sum = new double[middle.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = weight * middle[i];
        }
    }

    @Override
    public void move(float[] item, int sign) {
        weight += sign;
        for (int i = 0; i < sum.length; i++) {
            sum[i] += sign * item[i];
        }
    }

    @Override
    public double[] vector() {
        double[] vector = new double[sum.length];
        for (int i = 0; i < sum.length - 1; i++) {
            vector[i] = sum[i] / weight;
        }
        vector[sum.length - 1] = 1;
        return vector;
    }
}
