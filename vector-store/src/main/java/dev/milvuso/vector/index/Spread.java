package dev.milvuso.vector.index;

/**
 * How far residuals reach, in each direction: their second moments.
 *
 * @param moments shape [d, d]
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Spread(float[][] moments) {
    /** Sums outer products; of each pair of directions the one where the first is not behind the second. */
    static final class Sum {
        private final double[][] sums;
        private long count;

        Sum(int dimension) {
            this.sums = new double[dimension][dimension];
        }

        void add(float[] row, float[] centre) {
            float[] residual = new float[row.length];
            for (int i = 0; i < row.length; i++) {
                residual[i] = row[i] - centre[i];
            }
            for (int i = 0; i < row.length; i++) {
                double[] sum = sums[i];
                float by = residual[i];
                for (int j = i; j < row.length; j++) {
                    sum[j] += by * residual[j];
                }
            }
            count++;
        }

        Spread mean() {
            float[][] moments = new float[sums.length][sums.length];
            for (int i = 0; i < sums.length; i++) {
                for (int j = 0; j < sums.length; j++) {
                    moments[i][j] = (float) (sums[Math.min(i, j)][Math.max(i, j)] / Math.max(1, count));
                }
            }
            return new Spread(moments);
        }
    }

    /** Roots of the mean squares; a little above 0 at least. Shape [d] */
    float[] byDimension() {
        double[] squares = new double[moments.length];
        for (int i = 0; i < squares.length; i++) {
            squares[i] = moments[i][i];
        }
        return Nearest.spreads(squares, 1);
    }

    /** Standard deviation of inner products with residuals, in units of the one of a number of theirs. */
    float along(float[] query) {
        double square = 0;
        double trace = 0;
        for (int i = 0; i < query.length; i++) {
            square += (double) query[i] * IndexMath.BEST.dot(query, moments[i], 0, query.length);
            trace += moments[i][i];
        }
        return trace > 0 ? (float) Math.sqrt(Math.max(0, square * query.length / trace)) : 0;
    }
}
