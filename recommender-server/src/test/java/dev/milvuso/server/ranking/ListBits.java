package dev.milvuso.server.ranking;

import dev.milvuso.action.UserId;
import dev.milvuso.server.recommend.FinishedLists;
import dev.milvuso.server.recommend.Query;
import dev.milvuso.server.recommend.Recommendation;
import dev.milvuso.server.recommend.Recommended;
import dev.milvuso.server.recommend.Recommender;
import dev.milvuso.server.tier.memory.BoundedCache;
import dev.milvuso.vector.index.IndexMath;
import java.time.Duration;
import java.util.OptionalDouble;

/** Prints many lists with all bits of their scores, and at first how this JVM does its sums. */
final class ListBits {
    private static final int USERS = 50;

    /** Enough that the index searches in lists, by codes. */
    private static final int ITEMS = 6000;

    private ListBits() {}

    public static void main(String[] none) {
        StringBuilder out = new StringBuilder();
        try (WholeLists lists = new WholeLists(ITEMS)) {
            Recommender reacting = lists.reacting(
                    64,
                    new FinishedLists(BoundedCache.Policy.LRU, 100, Duration.ZERO, Duration.ZERO, lists.shelf.clock));
            for (int user = 0; user < USERS; user++) {
                String name = "u" + user;
                lists.user(name, user);
                for (double diversity : new double[] {0, 0.5}) {
                    print(lists.list(name, 20, OptionalDouble.of(diversity)), out);
                }
                // By the ranker alone, then with what they did folded in.
                print(reacting.recommend(new UserId(name), Query.of(20)), out);
                lists.act(name, "Like", 7 * user + 1);
                lists.act(name, "Like", 11 * user + 2);
                lists.act(name, "Dislike", user);
                print(reacting.recommend(new UserId(name), Query.of(20)), out);
            }
        }
        System.out.println("list by " + IndexMath.BEST.getClass().getName());
        System.out.print(out);
    }

    private static void print(Recommendation list, StringBuilder out) {
        for (Recommended each : list.items()) {
            out.append("list ").append(each.item()).append(' ').append(Float.floatToRawIntBits(each.score()));
            out.append('\n');
        }
    }
}
