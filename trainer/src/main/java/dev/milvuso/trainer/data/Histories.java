package dev.milvuso.trainer.data;

import java.util.Arrays;

/**
 * What every user has chosen, as numbers of items: sorted, without repeats, all users in one array.
 *
 * @param offsets shape [users + 1]; user u's items are {@code items[offsets[u]]} to before {@code items[offsets[u +
 *     1]]}
 */
public record Histories(int[] offsets, int[] items) {
    /**
     * Sorts pairs by user.
     *
     * @param user shape [size or more]
     * @param item shape [size or more]
     */
    public static Histories of(int users, int size, int[] user, int[] item) {
        int[] ends = new int[users + 1];
        for (int i = 0; i < size; i++) {
            ends[user[i] + 1]++;
        }
        for (int u = 0; u < users; u++) {
            ends[u + 1] += ends[u];
        }
        int[] next = ends.clone();
        int[] items = new int[size];
        for (int i = 0; i < size; i++) {
            items[next[user[i]]++] = item[i];
        }
        return withoutRepeats(ends, items);
    }

    private static Histories withoutRepeats(int[] offsets, int[] items) {
        int[] kept = new int[offsets.length];
        int end = 0;
        for (int u = 0; u + 1 < offsets.length; u++) {
            Arrays.sort(items, offsets[u], offsets[u + 1]);
            for (int i = offsets[u]; i < offsets[u + 1]; i++) {
                if (i == offsets[u] || items[i] != items[i - 1]) {
                    items[end++] = items[i];
                }
            }
            kept[u + 1] = end;
        }
        return new Histories(kept, Arrays.copyOf(items, end));
    }

    public int users() {
        return offsets.length - 1;
    }

    /** Whether the user has chosen the item. */
    public boolean contains(int user, int item) {
        return Arrays.binarySearch(items, offsets[user], offsets[user + 1], item) >= 0;
    }

    /** How many users have chosen each item, shape [catalogue]. */
    public int[] usersOfItems(int catalogue) {
        int[] counts = new int[catalogue];
        for (int item : items) {
            counts[item]++;
        }
        return counts;
    }
}
