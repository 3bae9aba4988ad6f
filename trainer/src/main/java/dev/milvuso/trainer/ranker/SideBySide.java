package dev.milvuso.trainer.ranker;

import java.nio.ByteBuffer;

/**
 * Judges the ranker by lists that it has not learned from yet: NDCG@10 of the order of retrieval and of the ranker's,
 * as fading averages. The ranker is on once it is ahead by the margin with some certainty, and off again once it is no
 * longer ahead at all. Safe for use by many threads.
 */
public final class SideBySide {
    /** Bytes of what is {@link #write written}. */
    static final int BYTES = 33;

    /** Standard errors by which the difference must exceed the margin. */
    private static final double CERTAINTY = 3;

    private final double margin;
    private final int window;
    private final int least;
    private long lists;
    private double retrieval;
    private double ranker;
    private double squares;
    private boolean on;

    /**
     * @param margin of NDCG, at least 0
     * @param window how many lists the averages are of, about, the latest
     * @param least lists before anything is decided, 2 to {@code window}
     */
    public SideBySide(double margin, int window, int least) {
        if (!(margin >= 0) || least < 2 || window < least) {
            throw new IllegalArgumentException("margin is " + margin + ", least " + least + ", window " + window
                    + ": must be at least 0, 2 and least");
        }
        this.margin = margin;
        this.window = window;
        this.least = least;
    }

    /**
     * Of a list, before it is learned from.
     *
     * @param byRetrieval NDCG of its order, and
     * @param byRanker of the ranker's
     */
    public synchronized void judge(double byRetrieval, double byRanker) {
        double share = 1.0 / Math.min(lists + 1, window);
        double difference = byRanker - byRetrieval;
        retrieval += share * (byRetrieval - retrieval);
        ranker += share * (byRanker - ranker);
        squares += share * (difference * difference - squares);
        lists++;
        if (lists >= least) {
            decide();
        }
    }

    private void decide() {
        double ahead = ranker - retrieval;
        double error = Math.sqrt(Math.max(0, squares - ahead * ahead) / Math.min(lists, window));
        on = on ? ahead > 0 : ahead - CERTAINTY * error > margin;
    }

    /** Whether lists should go by the ranker. */
    public synchronized boolean beatsRetrieval() {
        return on;
    }

    /** Lists judged so far. */
    public synchronized long lists() {
        return lists;
    }

    /** Mean NDCG of retrieval alone; 0 before the first list. */
    public synchronized double retrieval() {
        return retrieval;
    }

    /** Mean NDCG of the ranker; 0 before the first list. */
    public synchronized double ranker() {
        return ranker;
    }

    synchronized void write(ByteBuffer out) {
        out.putLong(lists).putDouble(retrieval).putDouble(ranker).putDouble(squares);
        out.put((byte) (on ? 1 : 0));
    }

    synchronized void read(ByteBuffer in) {
        lists = in.getLong();
        retrieval = in.getDouble();
        ranker = in.getDouble();
        squares = in.getDouble();
        on = in.get() == 1;
    }
}
