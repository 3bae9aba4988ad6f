package dev.milvuso.trainer.online;

import dev.milvuso.trainer.registry.HourOfModel;
import java.util.Optional;

/** Sums up how a version does until the sums are taken. Safe for use by two threads. */
final class HourMeter {
    private static final long HOUR_MILLIS = 3_600_000;

    private long examples;
    private double loss;
    private long positives;
    private double ndcg;

    synchronized void example(double ownLoss) {
        if (Double.isFinite(ownLoss)) {
            examples++;
            loss += ownLoss;
        }
    }

    synchronized void positive(double ownNdcg) {
        if (Double.isFinite(ownNdcg)) {
            positives++;
            ndcg += ownNdcg;
        }
    }

    /** What has come since it was asked last, under the hour of now; empty if nothing has. */
    synchronized Optional<HourOfModel> take(long nowMillis) {
        if (examples == 0 && positives == 0) {
            return Optional.empty();
        }
        HourOfModel hour = new HourOfModel(
                nowMillis - nowMillis % HOUR_MILLIS,
                examples,
                examples == 0 ? 0 : loss / examples,
                positives,
                positives == 0 ? 0 : ndcg / positives);
        examples = 0;
        loss = 0;
        positives = 0;
        ndcg = 0;
        return Optional.of(hour);
    }
}
