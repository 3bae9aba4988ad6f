package dev.milvuso.trainer.batch;

import dev.milvuso.trainer.data.Histories;
import dev.milvuso.trainer.model.FactorModel;
import dev.milvuso.trainer.model.TopItems;
import java.util.ArrayList;
import java.util.List;

/** A model and what it was trained on; rows and histories have the same numbers. */
public record TrainedModel(FactorModel factors, Histories histories) {
    /**
     * The best items that the user has not chosen before; for a user who is not in the model, the popular ones.
     *
     * @param n at least 1; the list is shorter if there are not so many items
     * @throws IllegalArgumentException if n is below 1
     */
    public Recommendations recommend(String userId, int n) {
        if (n < 1) {
            throw new IllegalArgumentException("num is " + n + ": must be at least 1");
        }
        int user = factors.users().find(userId);
        int items = factors.items().size();
        TopItems top = new TopItems(Math.min(n, items));
        if (user < 0) {
            int[] counts = histories.usersOfItems(items);
            for (int item = 0; item < items; item++) {
                top.offer(item, counts[item]);
            }
            return new Recommendations(userId, "popular", entries(top));
        }
        for (int item = 0; item < items; item++) {
            if (!histories.contains(user, item)) {
                top.offer(item, factors.score(user, item));
            }
        }
        return new Recommendations(userId, "personal", entries(top));
    }

    private List<Recommendations.Entry> entries(TopItems top) {
        int[] best = top.items();
        List<Recommendations.Entry> entries = new ArrayList<>(best.length);
        for (int place = 0; place < best.length; place++) {
            entries.add(new Recommendations.Entry(factors.items().id(best[place]), place + 1, top.score(place)));
        }
        return entries;
    }
}
