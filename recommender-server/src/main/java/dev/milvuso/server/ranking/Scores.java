package dev.milvuso.server.ranking;

import dev.milvuso.server.recommend.Candidates;

/** What is reckoned with candidates' scores. */
public final class Scores {
    private Scores() {}

    /** Standard deviation; 0 if all are equal, there are none, or they are too large to say. */
    public static double deviation(Candidates candidates) {
        double mean = 0;
        double squares = 0;
        for (int row = 0; row < candidates.size(); row++) {
            double difference = candidates.score(row) - mean;
            mean += difference / (row + 1);
            squares += difference * (candidates.score(row) - mean);
        }
        double deviation = candidates.size() == 0 ? 0 : Math.sqrt(squares / candidates.size());
        return Double.isFinite(deviation) ? deviation : 0;
    }

    /** Adds to a score, which stays finite. */
    public static void add(Candidates candidates, int row, double amount) {
        double score = candidates.score(row) + amount;
        candidates.score(row, (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, score)));
    }
}
