package dev.milvuso.vector.index;

import java.util.Arrays;

/** The nearest of some centres by squared distance: the likeliest by their codes, of them the best by their floats. */
final class Nearest {
    private static final int LIKELY = 6;

    private static final IndexMath MATH = IndexMath.BEST;

    private final Encoder encoder;
    private final Directory directory;

    Nearest(float[][] centres, int dimension) {
        float[] mean = mean(centres, dimension);
        this.encoder = new Encoder(spreads(centres, mean), false);
        this.directory = new Directory(mean, centres.length, encoder.groups());
        for (float[] centre : centres) {
            directory.add(new PostingList(centre, 0, encoder), encoder);
        }
    }

    /** @param encoder by inner product */
    Nearest(Directory directory, Encoder encoder) {
        this.directory = directory;
        this.encoder = encoder;
    }

    static float[] mean(float[][] rows, int dimension) {
        double[] sums = new double[dimension];
        for (float[] row : rows) {
            for (int i = 0; i < dimension; i++) {
                sums[i] += row[i];
            }
        }
        float[] mean = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            mean[i] = (float) (sums[i] / rows.length);
        }
        return mean;
    }

    /** Root of the mean square difference from the centre, by dimension; a little above 0 at least. */
    static float[] spreads(float[][] rows, float[] mean) {
        double[] squares = new double[mean.length];
        for (float[] row : rows) {
            for (int i = 0; i < mean.length; i++) {
                double difference = row[i] - mean[i];
                squares[i] += difference * difference;
            }
        }
        return spreads(squares, rows.length);
    }

    /** Roots of the means of some sums of squares, a little above 0 at least. */
    static float[] spreads(double[] squares, int count) {
        double all = Arrays.stream(squares).sum() / squares.length;
        float[] spreads = new float[squares.length];
        for (int i = 0; i < spreads.length; i++) {
            double square = Math.max(squares[i], 1e-4 * all) / count;
            spreads[i] = square > 0 ? (float) Math.sqrt(square) : 1;
        }
        return spreads;
    }

    /** For 256 rows from 256 times the chunk on. */
    void all(float[][] rows, int chunk, int[] nearest) {
        Scratch scratch = new Scratch(encoder.groups());
        for (int row = 256 * chunk; row < Math.min(rows.length, 256 * chunk + 256); row++) {
            nearest[row] = of(rows[row], scratch);
        }
    }

    /** @return the number of the nearest list */
    int of(float[] row, Scratch scratch) {
        encoder.encode(row, scratch.query);
        int end = directory.end();
        float base = MATH.dot(row, directory.mean, 0, row.length);
        scratch.score(directory.centres, directory.halfSquares, end, scratch.query.factor, base);
        return best(row, scratch.frontier, scratch.frontier.best(scratch.scores, end, LIKELY));
    }

    private int best(float[] row, Frontier likely, int count) {
        int best = -1;
        float least = Float.POSITIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            PostingList list = directory.list(likely.number(i));
            if (list != null) {
                float distance = MATH.squaredDistance(row, list.centre, 0, row.length);
                if (distance < least || best < 0 || (distance == least && likely.number(i) < best)) {
                    least = distance;
                    best = likely.number(i);
                }
            }
        }
        return best;
    }
}
