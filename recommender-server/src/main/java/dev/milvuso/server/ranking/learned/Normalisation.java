package dev.milvuso.server.ranking.learned;

/**
 * Brings features to one scale by what has been seen of each so far: its mean square becomes 1. It does not move them,
 * so that a feature that is absent goes on to mean 0. Large values are cut. For one writer at a time.
 */
public final class Normalisation {
    private static final float MOST = 5;

    private final double[] squares;
    private final long[] counts;

    /** @param size of {@link FeatureNames} */
    public Normalisation(int size) {
        squares = new double[size];
        counts = new long[size];
    }

    /** Takes note of the values. */
    public void see(Features features) {
        for (int i = 0; i < features.size(); i++) {
            int index = features.index(i);
            double square = (double) features.value(i) * features.value(i);
            squares[index] += (square - squares[index]) / ++counts[index];
        }
    }

    /** Changes the values; those of features that were never seen become 1 or -1. */
    public void apply(Features features) {
        for (int i = 0; i < features.size(); i++) {
            int index = features.index(i);
            double scale = counts[index] == 0 ? Math.abs(features.value(i)) : Math.sqrt(squares[index]);
            double value = scale > 0 ? features.value(i) / scale : 0;
            features.value(i, (float) Math.max(-MOST, Math.min(MOST, value)));
        }
    }
}
