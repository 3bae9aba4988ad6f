package dev.milvuso.server.ranking;

import dev.milvuso.server.recommend.Candidates;
import dev.milvuso.server.recommend.Ranking;
import dev.milvuso.server.recommend.Visit;
import java.time.Clock;
import java.time.Duration;

/**
 * Raises what is new: {@code score + boost deviation 2^(-age / halfLife)}, the deviation being that of the candidates'
 * scores, so that the boost means the same in every model.
 *
 * @param boost 0: all stays as it is
 */
public record Freshness(double boost, Duration halfLife, Clock clock) implements Ranking {
    @Override
    public void rank(Visit visit, Candidates candidates) {
        double deviation = boost == 0 ? 0 : Scores.deviation(candidates);
        if (deviation == 0) {
            return;
        }
        long now = clock.millis();
        for (int row = 0; row < candidates.size(); row++) {
            int slot = candidates.slot(row);
            if (visit.items().item(slot) != null) {
                double age = Math.max(0, now - visit.items().createdAt(slot));
                double gained = boost * deviation * Math.pow(2, -age / halfLife.toMillis());
                Scores.add(candidates, row, gained);
                candidates.explain(slot, "freshness", gained);
            }
        }
        candidates.sort(0, candidates.size());
    }
}
