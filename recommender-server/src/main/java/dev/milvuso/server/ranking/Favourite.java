package dev.milvuso.server.ranking;

import dev.milvuso.server.catalogue.Codes;
import dev.milvuso.server.recommend.CandidateSource;
import dev.milvuso.server.recommend.Candidates;
import dev.milvuso.server.recommend.LeastCosine;
import dev.milvuso.server.recommend.Popular;
import dev.milvuso.server.recommend.Visit;
import java.util.PrimitiveIterator;
import java.util.function.IntPredicate;

/** What is popular in the category that most of the visitor's latest likes are of; of several, the latest. */
public record Favourite(Popular popular, LeastCosine least) implements CandidateSource {
    public static final String NAME = "favourite";

    /** So many of the most popular are looked at. */
    private static final int MOST = 10_000;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String explanation() {
        return "popular in the category that was liked most often of late";
    }

    @Override
    public boolean isPersonal() {
        return true;
    }

    @Override
    public void collect(Visit visit, Candidates into, int self, int room) {
        int favourite = favourite(visit);
        if (favourite == Codes.NONE) {
            return;
        }
        IntPredicate near = least.fits(visit);
        int left = room;
        PrimitiveIterator.OfInt slots = popular.top(MOST).iterator();
        while (left > 0 && slots.hasNext()) {
            int slot = slots.nextInt();
            if (Pool.category(visit, slot) == favourite && near.test(slot) && into.add(slot, left, self)) {
                left--;
            }
        }
    }

    private static int favourite(Visit visit) {
        int[] recent = visit.visitor().recent();
        int favourite = Codes.NONE;
        int most = 0;
        for (int slot : recent) {
            int category = Pool.category(visit, slot);
            int count = 0;
            for (int other : recent) {
                count += Pool.category(visit, other) == category ? 1 : 0;
            }
            if (category != Codes.NONE && count > most) {
                favourite = category;
                most = count;
            }
        }
        return favourite;
    }
}
