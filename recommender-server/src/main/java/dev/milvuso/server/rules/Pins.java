package dev.milvuso.server.rules;

import dev.milvuso.server.recommend.CandidateSource;
import dev.milvuso.server.recommend.Candidates;
import dev.milvuso.server.recommend.Visit;

/** Names what a rule has put into a list. It finds nothing by itself: {@link RuledChoice} puts it there at the end. */
public final class Pins implements CandidateSource {
    @Override
    public String name() {
        return "rule";
    }

    @Override
    public String explanation() {
        return "put there by a rule of the site";
    }

    @Override
    public boolean isPersonal() {
        return false;
    }

    @Override
    public void collect(Visit visit, Candidates into, int self, int room) {}
}
