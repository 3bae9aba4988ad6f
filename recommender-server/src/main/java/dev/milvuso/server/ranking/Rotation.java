package dev.milvuso.server.ranking;

import dev.milvuso.server.recommend.Candidates;
import dev.milvuso.server.recommend.Ranking;
import dev.milvuso.server.recommend.Visit;
import java.time.Clock;

/**
 * Lowers what the visitor was shown several times and did not answer: each showing beyond the first few costs so many
 * standard deviations of the candidates' scores. A finished list stays as it is as long as it is served.
 *
 * @param cost of each; 0: all stays as it is
 * @param free showings that cost nothing
 */
public record Rotation(double cost, int free, Shown shown, Clock clock) implements Ranking {
    /** More showings than that cost no more. */
    private static final int MOST = 10;

    @Override
    public void rank(Visit visit, Candidates candidates) {
        Showings showings = cost == 0 ? null : shown.of(visit.visitor().user());
        double deviation = showings == null ? 0 : Scores.deviation(candidates);
        if (showings == null || deviation == 0) {
            return;
        }
        long now = clock.millis();
        boolean isChanged = false;
        for (int row = 0; row < candidates.size(); row++) {
            int slot = candidates.slot(row);
            int count = visit.items().item(slot) == null
                    ? 0
                    : showings.count(visit.items().hash(slot), now, shown.window());
            if (count > free) {
                double lost = -cost * deviation * Math.min(MOST, count - free);
                Scores.add(candidates, row, lost);
                candidates.explain(slot, "rotation", lost);
                isChanged = true;
            }
        }
        if (isChanged) {
            candidates.sort(0, candidates.size());
        }
    }
}
