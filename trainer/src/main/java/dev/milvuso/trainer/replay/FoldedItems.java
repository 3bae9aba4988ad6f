package dev.milvuso.trainer.replay;

import dev.milvuso.trainer.parameter.ParameterTable;
import dev.milvuso.vector.Metric;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * The items of a batch model as users are folded in with them, by the metric of the model.
 *
 * @param vectors of the items by number, of length 1 if cosines compare; of no numbers if the model does not know one
 */
record FoldedItems(Metric metric, int dimension, float[][] vectors) {
    static FoldedItems of(BatchModel model) {
        ParameterTable table = model.factors().items();
        Metric metric = model.factors().scoring().metric();
        float[][] vectors = Arrays.stream(model.items())
                .mapToObj(row -> row < 0 ? new float[0] : table.vector(row))
                .toArray(float[][]::new);
        if (metric == Metric.COSINE) {
            Arrays.stream(vectors).forEach(FoldedItems::toLengthOne);
        }
        return new FoldedItems(metric, table.dimension(), vectors);
    }

    private static void toLengthOne(float[] vector) {
        double squares = 0;
        for (float number : vector) {
            squares += (double) number * number;
        }
        for (int i = 0; i < vector.length && squares > 0; i++) {
            vector[i] /= (float) Math.sqrt(squares);
        }
    }

    /**
     * A fit for each user.
     *
     * @param unseen weight of every item, against 1 of an action's
     * @param ridge of the user's vector: towards 0, or towards the middle of all items where distances compare
     */
    Supplier<Fit> fits(double unseen, double ridge) {
        if (metric == Metric.EUCLIDEAN) {
            double[] middle = middle();
            return () -> new Nearest(middle, ridge + unseen);
        }
        Inverse inverse = Inverse.ofRidge(ridge, dimension);
        for (float[] vector : vectors) {
            if (vector.length > 0) {
                inverse.add(vector, unseen);
            }
        }
        return () -> new LeastSquares(inverse.copy());
    }

    private double[] middle() {
        double[] middle = new double[dimension];
        long known = Arrays.stream(vectors).filter(vector -> vector.length > 0).count();
        for (float[] vector : vectors) {
            for (int i = 0; i < vector.length; i++) {
                middle[i] += vector[i] / (double) known;
            }
        }
        return middle;
    }

    boolean isKnown(int item) {
        return vectors[item].length > 0;
    }

    /** In the order of the metric: larger is nearer. */
    double score(double[] user, int item) {
        float[] vector = vectors[item];
        double score = 0;
        for (int i = 0; i < vector.length; i++) {
            score += metric == Metric.EUCLIDEAN ? -square(user[i] - vector[i]) : user[i] * vector[i];
        }
        return score;
    }

    private static double square(double of) {
        return of * of;
    }
}
