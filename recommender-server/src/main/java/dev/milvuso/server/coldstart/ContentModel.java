package dev.milvuso.server.coldstart;

import dev.milvuso.item.Item;
import java.util.List;
import java.util.Optional;

/**
 * Says where an item should stand among the learned vectors by what it is, learned from items that many have acted on.
 * Immutable.
 */
public final class ContentModel {
    /** An item that many have acted on, and its learned vector, shape [embedding_dim]. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    public record Warm(Item item, float[] vector) {}

    /** With fewer, the mean of all is as good. */
    private static final int LEAST = 10;

    private final FeatureSpace space;
    private final int dimension;
    private final double[] weights;

    private ContentModel(FeatureSpace space, int dimension, double[] weights) {
        this.space = space;
        this.dimension = dimension;
        this.weights = weights;
    }

    /**
     * @param dimension embedding_dim, also of the site's own vectors
     * @param ridge what speaks against large weights, in samples
     * @return empty if the items are too few, or not finite
     */
    public static Optional<ContentModel> of(List<Warm> items, int mostFeatures, int dimension, double ridge) {
        if (items.size() < LEAST) {
            return Optional.empty();
        }
        FeatureSpace space = FeatureSpace.of(items.stream().map(Warm::item).toList(), mostFeatures, dimension);
        NormalEquations equations = new NormalEquations(space.length(), dimension);
        double[] row = new double[space.length()];
        for (Warm each : items) {
            if (space.write(each.item(), row)) {
                equations.add(row, each.vector(), 1);
            }
        }
        double[] weights = equations.solve(ridge);
        return weights.length == 0 ? Optional.empty() : Optional.of(new ContentModel(space, dimension, weights));
    }

    /** @return shape [embedding_dim], finite; empty if nothing of what the item is has been learned */
    public Optional<float[]> vector(Item item) {
        double[] row = new double[space.length()];
        if (!space.write(item, row)) {
            return Optional.empty();
        }
        double[] sums = new double[dimension];
        for (int i = 0; i < row.length; i++) {
            for (int d = 0; row[i] != 0 && d < dimension; d++) {
                sums[d] += row[i] * weights[i * dimension + d];
            }
        }
        float[] vector = new float[dimension];
        for (int d = 0; d < dimension; d++) {
            vector[d] = (float) sums[d];
            if (!Float.isFinite(vector[d])) {
                return Optional.empty();
            }
        }
        return Optional.of(vector);
    }
}
