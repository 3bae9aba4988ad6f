package dev.milvuso.server.ranking;

import dev.milvuso.server.recommend.CandidateSource;
import dev.milvuso.server.recommend.Candidates;
import dev.milvuso.server.recommend.Visit;
import dev.milvuso.server.sync.ServedModel;
import dev.milvuso.server.tier.memory.ItemIndex;
import org.jspecify.annotations.Nullable;

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
            float score = score(index, taste, into.slot(row), lowest);
            into.score(row, Float.isFinite(score) ? score : lowest);
        }
    }

    private static float score(@Nullable ItemIndex index, float @Nullable [] taste, int slot, float otherwise) {
        float[] vector = index == null ? null : index.vector(slot);
        return index == null || taste == null || vector == null || vector.length != taste.length
                ? otherwise
                : index.score(taste, vector);
    }
}
