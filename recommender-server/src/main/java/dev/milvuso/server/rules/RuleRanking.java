package dev.milvuso.server.rules;

import dev.milvuso.server.recommend.Candidates;
import dev.milvuso.server.recommend.Ranking;
import dev.milvuso.server.recommend.Visit;
import java.util.Optional;

/** Raises what rules boost and lowers what they bury. */
public record RuleRanking(Rules rules) implements Ranking {
    @Override
    public void rank(Visit visit, Candidates candidates) {
        if (rules.isEmpty()) {
            return;
        }
        AppliedRules applied =
                rules.applied(Optional.of(visit.visitor().user()), visit.query().contextItem());
        boolean isChanged = boost(applied, candidates);
        isChanged |= bury(applied, candidates);
        if (isChanged) {
            candidates.sort(0, candidates.size());
        }
    }

    private static boolean boost(AppliedRules applied, Candidates candidates) {
        boolean isChanged = false;
        for (int row = 0; row < candidates.size(); row++) {
            double factor = applied.factor(candidates.slot(row));
            if (factor != 1) {
                float score = candidates.score(row);
                double boosted = score >= 0 ? score * factor : score / factor;
                candidates.score(row, (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, boosted)));
                candidates.explain(candidates.slot(row), "boost", factor);
                isChanged = true;
            }
        }
        return isChanged;
    }

    private static boolean bury(AppliedRules applied, Candidates candidates) {
        if (!applied.has(Then.Bury.class)) {
            return false;
        }
        float lowest = 0;
        float highest = 0;
        for (int row = 0; row < candidates.size(); row++) {
            lowest = Math.min(lowest, candidates.score(row));
            highest = Math.max(highest, candidates.score(row));
        }
        float down = Math.max(1, highest - lowest);
        boolean isChanged = false;
        for (int row = 0; row < candidates.size(); row++) {
            if (applied.isBuried(candidates.slot(row))) {
                candidates.score(row, Math.max(-Float.MAX_VALUE, candidates.score(row) - 2 * down));
                candidates.explain(candidates.slot(row), "bury", -2 * down);
                isChanged = true;
            }
        }
        return isChanged;
    }
}
