package dev.milvuso.server.ranking.learned;

import java.util.Arrays;

/**
 * Judges a ranker by lists that it has not learned from yet (prequentially): NDCG@K of the order of retrieval and of
 * the ranker's, over the last lists of which anything was answered. The ranker is on once it is ahead by the margin
 * with some certainty, and off again once it is no longer ahead at all. Safe for use by many threads.
 */
public final class SideBySide {
    /** Standard errors by which the difference must exceed the margin. */
    private static final double CERTAINTY = 2;

    private final int k;
    private final double margin;
    private final int least;
    private final double[] retrieval;
    private final double[] ranker;
    private long lists;
    private boolean on;

    /**
     * @param margin of NDCG, at least 0
     * @param window how many lists count, the latest
     * @param least lists before anything is decided, 2 to {@code window}
     */
    public SideBySide(int k, double margin, int window, int least) {
        if (k < 1 || !(margin >= 0) || least < 2 || window < least) {
            throw new IllegalArgumentException("k is " + k + ", margin " + margin + ", least " + least + ", window "
                    + window + ": must be at least 1, 0, 2 and least");
        }
        this.k = k;
        this.margin = margin;
        this.least = least;
        this.retrieval = new double[window];
        this.ranker = new double[window];
    }

    /**
     * A list and what was answered of it, before it is learned from; nothing if no label is 1.
     *
     * @param labels 1 where the item was answered for, in the order of retrieval
     * @param scores the ranker's, in the same order
     */
    public synchronized void judge(int[] labels, double[] scores) {
        if (Arrays.stream(labels).noneMatch(label -> label == 1)) {
            return;
        }
        int place = (int) (lists++ % retrieval.length);
        retrieval[place] = Ndcg.at(k, labels);
        ranker[place] = Ndcg.at(k, Ndcg.ordered(labels, scores));
        decide();
    }

    private void decide() {
        int count = count();
        if (count < least) {
            return;
        }
        double mean = ahead();
        double squares = 0;
        for (int i = 0; i < count; i++) {
            double difference = ranker[i] - retrieval[i] - mean;
            squares += difference * difference;
        }
        double error = Math.sqrt(squares / (count - 1) / count);
        on = on ? mean > 0 : mean - CERTAINTY * error > margin;
    }

    private int count() {
        return (int) Math.min(lists, retrieval.length);
    }

    private double ahead() {
        return mean(ranker) - mean(retrieval);
    }

    private double mean(double[] values) {
        return Arrays.stream(values, 0, count()).average().orElse(0);
    }

    /** Whether lists should go by the ranker. */
    public synchronized boolean beatsRetrieval() {
        return on;
    }

    /** Mean NDCG@K of retrieval alone; 0 before the first list. */
    public synchronized double retrieval() {
        return mean(retrieval);
    }

    /** Mean NDCG@K of the ranker; 0 before the first list. */
    public synchronized double ranker() {
        return mean(ranker);
    }
}
