package dev.milvuso.server.ranking;

import dev.milvuso.server.recommend.CandidateSource;
import dev.milvuso.server.recommend.Candidates;
import dev.milvuso.server.recommend.Visit;
import dev.milvuso.server.sync.ServedModel;
import dev.milvuso.server.tier.memory.ItemIndex;

/**
 * What another source finds, scored as the model scores it, so that one list has one scale. What the model says nothing
 * of, or of nobody, comes behind everything. To a visitor of whom nothing personal is known only impersonal sources
 * propose anything: the others are no replacement for what is popular.
 */
public record Proposals(CandidateSource inner, ServedModel model) implements CandidateSource {
    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public String explanation() {
        return inner.explanation();
    }

    @Override
    public boolean isPersonal() {
        return inner.isPersonal();
    }

    @Override
    public void collect(Visit visit, Candidates into, int self, int room) {
        float[] taste = visit.visitor().taste();
        if (taste == null && isPersonal()) {
            return;
        }
        int before = into.size();
        inner.collect(visit, into, self, room);
        if (into.size() == before) {
            return;
        }
        float lowest = 0;
        for (int row = 0; row < before; row++) {
            lowest = Math.min(lowest, into.score(row));
        }
        ItemIndex index = visit.version().flatMap(model::items).orElse(null);
        for (int row = before; row < into.size(); row++) {
            float[] vector = index == null ? null : index.vector(into.slot(row));
            boolean isScored = index != null && taste != null && vector != null && vector.length == taste.length;
            float score = isScored ? index.score(taste, vector) : lowest;
            into.score(row, Float.isFinite(score) ? score : lowest);
        }
    }
}
