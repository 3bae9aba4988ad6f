package dev.milvuso.trainer.online;

import java.util.Arrays;

/**
 * Whether a version does worse than the one before it: the mean NDCG of its latest positives against that of its
 * predecessor's latest, as many each. For one thread.
 */
final class Drift {
    private final float[] latest;
    private final double margin;
    private int next;
    private boolean full;
    private double sum;
    private double baseline;

    /**
     * @param positives that are compared; 0: never
     * @param margin share of the predecessor's mean by which a version may be worse
     */
    Drift(int positives, double margin, double baseline) {
        this.latest = new float[positives];
        this.margin = margin;
        this.baseline = baseline;
    }

    void add(double ndcg) {
        if (latest.length == 0 || Double.isNaN(ndcg)) {
            return;
        }
        sum += (float) ndcg - latest[next];
        latest[next] = (float) ndcg;
        next = (next + 1) % latest.length;
        full |= next == 0;
    }

    /** Mean of the latest positives; negative while there are too few. */
    double mean() {
        return full ? sum / latest.length : -1;
    }

    /** What is known by now. */
    enum Verdict {
        OPEN,
        KEEPS_UP,
        WORSE
    }

    /** Judges once: it is open again only after {@link #begin}. */
    Verdict judge() {
        if (baseline < 0 || !full) {
            return Verdict.OPEN;
        }
        boolean worse = mean() < baseline * (1 - margin);
        baseline = -1;
        return worse ? Verdict.WORSE : Verdict.KEEPS_UP;
    }

    /**
     * Another version begins.
     *
     * @param toCompare mean of its predecessor; negative: it is not compared
     */
    void begin(double toCompare) {
        Arrays.fill(latest, 0);
        sum = 0;
        next = 0;
        full = false;
        baseline = toCompare;
    }
}
