package dev.milvuso.server.http;

import dev.milvuso.server.discover.Ranked;
import dev.milvuso.server.discover.SimilarItems;
import dev.milvuso.server.recommend.CandidateSource;
import dev.milvuso.server.recommend.Candidates;
import dev.milvuso.server.recommend.Visit;
import java.util.Locale;

/** What is like one item, for one request. For one thread. */
final class Likeness implements CandidateSource {
    private final SimilarItems similar;
    private final int item;
    private SimilarItems.Source source = SimilarItems.Source.CONTENT;

    /** @param item its slot */
    Likeness(SimilarItems similar, int item) {
        this.similar = similar;
        this.item = item;
    }

    /** Once it has been asked: what the likeness goes by. */
    @Override
    public String name() {
        return source.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String explanation() {
        return "like the item";
    }

    @Override
    public boolean isPersonal() {
        return false;
    }

    @Override
    public void collect(Visit visit, Candidates into, int self, int room) {
        SimilarItems.Similar found = similar.to(item, room, visit);
        source = found.source();
        for (Ranked each : found.items()) {
            into.add(each.slot(), each.score(), self);
        }
    }
}
