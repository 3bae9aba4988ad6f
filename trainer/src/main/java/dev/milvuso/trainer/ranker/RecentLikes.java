package dev.milvuso.trainer.ranker;

import dev.milvuso.ranker.Matching;
import java.util.Arrays;

/** What users liked last, by rows: {@link Matching#RECENT} of each, every item once. For one thread. */
final class RecentLikes {
    private static final int MOST = Matching.RECENT;

    /** Numbers of rows plus 1, the newest first; 0: none. */
    private int[] items = new int[0];

    /** Of the newest, in milliseconds since 1970; 0: unknown. */
    private long[] times = new long[0];

    /** @param millis when, since 1970; 0 if nobody knows */
    void add(int user, int item, long millis) {
        if (user >= times.length) {
            times = Arrays.copyOf(times, Math.max(user + 1, 2 * times.length));
        }
        times[user] = millis;
        int from = user * MOST;
        if (from + MOST > items.length) {
            items = Arrays.copyOf(items, Math.max(from + MOST, 2 * items.length));
        }
        int place = from;
        while (place < from + MOST - 1 && items[place] != item + 1 && items[place] != 0) {
            place++;
        }
        System.arraycopy(items, from, items, from + 1, place - from);
        items[from] = item + 1;
    }

    /** The row of what the user liked so many likes ago; negative if they did not. */
    int item(int user, int age) {
        int place = user * MOST + age;
        return age < MOST && place < items.length ? items[place] - 1 : -1;
    }

    /** When the user liked anything last, in milliseconds since 1970; 0 if it is not known. */
    long time(int user) {
        return user < times.length ? times[user] : 0;
    }

    /** The row is nobody's any more. */
    void clear(int user) {
        int from = user * MOST;
        if (from < items.length) {
            Arrays.fill(items, from, from + MOST, 0);
        }
        if (user < times.length) {
            times[user] = 0;
        }
    }
}
