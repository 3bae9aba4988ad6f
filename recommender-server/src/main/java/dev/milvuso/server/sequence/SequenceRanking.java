package dev.milvuso.server.sequence;

import dev.milvuso.server.ranking.Scores;
import dev.milvuso.server.recommend.Candidates;
import dev.milvuso.server.recommend.Ranking;
import dev.milvuso.server.recommend.Visit;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * Raises what is likely to come next: candidates are ordered by {@code score + weight deviation lift}, the deviation
 * being that of their scores, so that the weight means the same in every model, and the lift that of {@link Sequences}.
 * In that order they get the scores that they had, the first the best: what others compare with these scores stays
 * comparable. Items of which too little is known to follow anything keep theirs.
 *
 * @param weight 0: all stays as it is
 * @param unknown the source of such items, by its place in the pipeline
 */
public record SequenceRanking(Sequences sequences, double weight, int unknown) implements Ranking {
    /** How much likelier items are next, by slot; of this thread until it asks for another visit. */
    public IntToDoubleFunction lifts(Visit visit) {
        if (weight == 0 || !sequences.isOn()) {
            return slot -> 0;
        }
        Outlook outlook = sequences.outlook(visit);
        return slot -> sequences.lift(outlook, slot);
    }

    @Override
    public void rank(Visit visit, Candidates candidates) {
        double deviation = weight == 0 || !sequences.isOn() ? 0 : Scores.deviation(candidates);
        if (deviation == 0) {
            return;
        }
        Outlook outlook = sequences.outlook(visit);
        if (outlook.size() == 0) {
            return;
        }
        float[] scores = outlook.room(candidates.size());
        int size = 0;
        for (int row = 0; row < candidates.size(); row++) {
            if (candidates.source(row) != unknown) {
                scores[size++] = candidates.score(row);
                int slot = candidates.slot(row);
                Scores.add(candidates, row, weight * deviation * sequences.lift(outlook, slot));
            }
        }
        Arrays.sort(scores, 0, size);
        candidates.sort(0, candidates.size());
        for (int row = 0; row < candidates.size(); row++) {
            if (candidates.source(row) != unknown) {
                candidates.score(row, scores[--size]);
                explain(candidates, candidates.slot(row), outlook);
            }
        }
        candidates.sort(0, candidates.size());
    }

    private void explain(Candidates candidates, int slot, Outlook outlook) {
        double lift = candidates.isExplained() ? sequences.lift(outlook, slot) : 0;
        if (lift > 0) {
            candidates.explain(slot, NextItems.NAME, lift);
        }
    }
}
