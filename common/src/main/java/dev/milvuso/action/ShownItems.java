package dev.milvuso.action;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * The items of a list as they were shown, best first, in columns: a server holds many lists, and as an object of its
 * own each item would be copied by the garbage collector. What is derived of them is worked out once, however often the
 * list is served. Never changes; safe for use by many threads.
 */
public final class ShownItems extends AbstractList<ServedList.Shown> implements RandomAccess {
    private final int size;
    private final ItemId[] ids;
    private final float[] probabilities;
    private final String[] sources;
    private final String @Nullable [] teams;
    private volatile long @Nullable [] hashes;

    /**
     * The first items of arrays, which are kept and must not change.
     *
     * @param size how many
     * @param probabilities of {@link ServedList.Shown}
     * @param sources likewise
     * @param teams likewise; null if none has any
     * @throws IllegalArgumentException if a probability is not above 0 and up to 1
     */
    public ShownItems(int size, ItemId[] ids, float[] probabilities, String[] sources, String @Nullable [] teams) {
        this.size = size;
        this.ids = ids;
        this.probabilities = probabilities;
        this.sources = sources;
        this.teams = teams;
        for (int i = 0; i < size; i++) {
            ServedList.Shown.checkProbability(probabilities[i]);
        }
    }

    /** A copy; the same if it is one. */
    public static ShownItems copyOf(List<ServedList.Shown> items) {
        if (items instanceof ShownItems same) {
            return same;
        }
        int size = items.size();
        ItemId[] ids = new ItemId[size];
        float[] probabilities = new float[size];
        String[] sources = new String[size];
        String[] teams = new String[size];
        for (int i = 0; i < size; i++) {
            ServedList.Shown each = items.get(i);
            ids[i] = each.itemId();
            probabilities[i] = each.probability();
            sources[i] = each.source();
            teams[i] = each.team();
        }
        boolean isOfNoTeam = Arrays.stream(teams).allMatch(String::isEmpty);
        return new ShownItems(size, ids, probabilities, sources, isOfNoTeam ? null : teams);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public ServedList.Shown get(int index) {
        return new ServedList.Shown(id(index), probability(index), source(index), team(index));
    }

    /** @throws IndexOutOfBoundsException unless {@code index} is from 0 and below {@link #size}, as all that follow */
    public ItemId id(int index) {
        return ids[checked(index)];
    }

    private int checked(int index) {
        if (index >= size) {
            throw new IndexOutOfBoundsException("item " + index + " of " + size);
        }
        return index;
    }

    public float probability(int index) {
        return probabilities[checked(index)];
    }

    public String source(int index) {
        return sources[checked(index)];
    }

    public String team(int index) {
        return teams == null ? "" : teams[checked(index)];
    }

    /** {@link IdHash} of an item's id. */
    public long hash(int index) {
        long[] all = hashes; // two threads may both work them out
        if (all == null) {
            all = new long[size];
            for (int i = 0; i < size; i++) {
                all[i] = IdHash.of(ids[i].value());
            }
            hashes = all;
        }
        return all[index];
    }
}
