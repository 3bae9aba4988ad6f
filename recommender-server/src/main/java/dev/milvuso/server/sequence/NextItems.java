package dev.milvuso.server.sequence;

import dev.milvuso.server.recommend.CandidateSource;
import dev.milvuso.server.recommend.Candidates;
import dev.milvuso.server.recommend.Visit;

/** What others did next after what the visitor did last, or after what they are looking at. */
public record NextItems(Sequences sequences) implements CandidateSource {
    public static final String NAME = "next";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String explanation() {
        return "what others went on to after what the user did last";
    }

    @Override
    public boolean isPersonal() {
        return true;
    }

    @Override
    public void collect(Visit visit, Candidates into, int self, int room) {
        Outlook outlook = sequences.outlook(visit);
        int before = into.size();
        for (int i = 0; i < outlook.size(); i++) {
            int slot = outlook.slot(i);
            if (!into.contains(slot) && visit.fits().test(slot)) {
                into.add(slot, (float) sequences.lift(outlook, slot), self);
            }
        }
        into.sort(before, into.size());
        into.cut(before + room);
    }
}
