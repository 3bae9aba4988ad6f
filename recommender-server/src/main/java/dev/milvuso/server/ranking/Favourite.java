package dev.milvuso.server.ranking;

import dev.milvuso.server.recommend.CandidateSource;
import dev.milvuso.server.recommend.Candidates;
import dev.milvuso.server.recommend.LeastCosine;
import dev.milvuso.server.recommend.Popular;
import dev.milvuso.server.recommend.Visit;
import java.util.PrimitiveIterator;
import java.util.function.Function;
import java.util.function.IntPredicate;

/**
 * What is popular in the categories that the visitor is interested in, of each as much as they are: by their profile
 * and, counting as much, by their latest likes.
 *
 * @param profile what is on record of a visitor's interests; as long as there is time
 */
public record Favourite(Popular popular, Function<Visit, CategoryTaste> profile, LeastCosine least)
        implements CandidateSource {
    public static final String NAME = "favourite";

    /** So many of the most popular are looked at. */
    private static final int MOST = 10_000;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String explanation() {
        return "popular in a category that the user is interested in, by profile and latest likes";
    }

    @Override
    public boolean isPersonal() {
        return true;
    }

    @Override
    public void collect(Visit visit, Candidates into, int self, int room) {
        CategoryTaste taste = CategoryTaste.ofLikes(visit).and(profile.apply(visit));
        int[] categories = taste.categories();
        if (categories.length == 0) {
            return;
        }
        int[] places = taste.places(room);
        int left = room;
        IntPredicate near = least.fits(visit);
        PrimitiveIterator.OfInt slots = popular.top(MOST).iterator();
        while (left > 0 && slots.hasNext()) {
            int slot = slots.nextInt();
            int category = place(categories, Pool.category(visit, slot));
            if (category >= 0 && places[category] > 0 && near.test(slot) && into.add(slot, left, self)) {
                places[category]--;
                left--;
            }
        }
    }

    private static int place(int[] categories, int category) {
        for (int i = 0; i < categories.length; i++) {
            if (categories[i] == category) {
                return i;
            }
        }
        return -1;
    }
}
