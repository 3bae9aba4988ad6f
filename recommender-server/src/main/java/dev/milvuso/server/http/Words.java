package dev.milvuso.server.http;

import dev.milvuso.server.discover.TextIndex;
import dev.milvuso.server.recommend.CandidateSource;
import dev.milvuso.server.recommend.Candidates;
import dev.milvuso.server.recommend.Visit;

/** What the words of a text find, for one request. */
record Words(TextIndex texts, String text) implements CandidateSource {
    @Override
    public String name() {
        return "text";
    }

    @Override
    public String explanation() {
        return "holds words of the text";
    }

    @Override
    public boolean isPersonal() {
        return false;
    }

    @Override
    public void collect(Visit visit, Candidates into, int self, int room) {
        texts.search(text, room, visit.fits()).forEach(each -> into.add(each.slot(), each.score(), self));
    }
}
