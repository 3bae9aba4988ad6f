package dev.milvuso.server.discover;

import dev.milvuso.server.recommend.CandidateSource;
import dev.milvuso.server.recommend.Candidates;
import dev.milvuso.server.recommend.LeastCosine;
import dev.milvuso.server.recommend.SlotSums;
import dev.milvuso.server.recommend.Visit;
import java.util.function.IntPredicate;

/** What has most of the words of title, tags, category and description in common with what the visitor liked last. */
public final class AlikeInContent implements CandidateSource {
    public static final String NAME = "content";

    private static final int LATEST = 3;

    private final TextIndex texts;
    private final LeastCosine least;
    private final ThreadLocal<SlotSums> sums = ThreadLocal.withInitial(SlotSums::new);

    public AlikeInContent(TextIndex texts, LeastCosine least) {
        this.texts = texts;
        this.least = least;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String explanation() {
        return "has words of title, tags, category and description in common with what was liked of late";
    }

    @Override
    public boolean isPersonal() {
        return true;
    }

    @Override
    public void collect(Visit visit, Candidates into, int self, int room) {
        int[] recent = visit.visitor().recent();
        int latest = Math.min(LATEST, recent.length);
        if (latest == 0) {
            return;
        }
        SlotSums alike = sums.get();
        alike.clear();
        for (int i = 0; i < latest; i++) {
            texts.alike(recent[i], alike);
        }
        IntPredicate fits = least.fits(visit);
        alike.best(into, self, room, slot -> !isAmong(recent, latest, slot) && fits.test(slot));
    }

    private static boolean isAmong(int[] recent, int latest, int slot) {
        for (int i = 0; i < latest; i++) {
            if (recent[i] == slot) {
                return true;
            }
        }
        return false;
    }
}
