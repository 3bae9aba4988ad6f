package dev.milvuso.vector;

import java.util.List;

/** How the lists of several searches become one list. A hit that a search did not find gets nothing from it. */
public sealed interface Ranking {
    /**
     * A hit's score is the sum of {@code 1 / (constant + rank)}, ranks from 1 on. Cormack, Clarke and Buettcher,
     * Reciprocal Rank Fusion outperforms Condorcet and individual Rank Learning Methods, SIGIR 2009.
     *
     * @param constant how little the first places count for more than the others, above 0 and below 16384
     */
    record ReciprocalRank(float constant) implements Ranking {
        /** @throws IllegalArgumentException if the constant is out of range */
        public ReciprocalRank {
            if (!(constant > 0 && constant < 16384)) {
                throw new IllegalArgumentException(
                        "the constant of the reciprocal ranks is " + constant + ": must be above 0 and below 16384");
            }
        }
    }

    /**
     * A hit's score is the sum of its scores, each brought to 0 to 1 (nearer is larger) and times its weight. As Milvus
     * does it: a cosine s counts as {@code (1 + s) / 2}, an inner product as {@code 1/2 + atan(s) / pi}, and where
     * smaller is nearer {@code 1 - 2 atan(s) / pi}.
     *
     * @param weights of each search, 0 to 1
     */
    record Weighted(List<Float> weights) implements Ranking {
        /** @throws IllegalArgumentException naming a weight that is out of range */
        public Weighted {
            weights = List.copyOf(weights);
            for (float weight : weights) {
                if (!(weight >= 0 && weight <= 1)) {
                    throw new IllegalArgumentException("a search's weight is " + weight + ": must be 0 to 1");
                }
            }
        }

        /** @param score by the metric of such vectors */
        static double normalised(VectorField.Type type, float score) {
            if (type.smallerIsNearer()) {
                return 1 - 2 * Math.atan(score) / Math.PI;
            }
            boolean isCosine = type instanceof VectorField.Type.Dense dense && dense.metric() == Metric.COSINE;
            return isCosine ? (1 + score) / 2.0 : 0.5 + Math.atan(score) / Math.PI;
        }
    }

    /** The constant of the paper, which suits most lists. */
    Ranking RECIPROCAL_RANK = new ReciprocalRank(60);

    static Ranking weighted(Float... weights) {
        return new Weighted(List.of(weights));
    }
}
