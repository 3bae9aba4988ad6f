package dev.milvuso.server.quality;

import dev.milvuso.action.IdHash;
import dev.milvuso.action.ServedList;
import dev.milvuso.action.ShownItems;
import dev.milvuso.action.UserId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Some hundreds of {@link OpenList}s in columns. As objects of their own they would be a dozen each, of which a server
 * makes thousands a second and keeps all for a while: each young collection would copy them. About 250 bytes a list of
 * ten items. Not safe for use by many threads.
 */
final class ListBlock {
    /** How many it takes. */
    static final int LISTS = 256;

    private static final int ITEMS = 16;
    private static final int USER_BYTES = 16;

    /** Distinct relevant items that were not listed and are remembered; more say nothing new. */
    private static final int MOST_MISSES = 64;

    private static final long[] NO_MISSES = {};

    private final long[] requests = new long[LISTS];
    private final long[] userHashes = new long[LISTS];
    private final long[] servedAt = new long[LISTS];
    private final long[] previous = new long[LISTS];
    private final Bucket[] buckets = new Bucket[LISTS];
    private final ListMeasures[] measures = new ListMeasures[LISTS];
    private final String[] versions = new String[LISTS];
    private final ServedList.Origin[] origins = new ServedList.Origin[LISTS];
    private final long[][] misses = new long[LISTS][];
    private final Map<ServedList.Origin, ServedList.Origin> distinctOrigins = new HashMap<>();

    /** Where each list's items begin, and where the last one's end. */
    private final int[] begins = new int[LISTS + 1];

    private long[] items = new long[ITEMS * LISTS];
    private String[] sources = new String[ITEMS * LISTS];
    private byte[] followed = new byte[ITEMS * LISTS];
    /** By item, {@code ""} without one; null while no list here has any. */
    private String @Nullable [] teams;

    private final int[] userBegins = new int[LISTS + 1];
    private byte[] users = new byte[USER_BYTES * LISTS];

    /**
     * Puts a list into a row, all those before which are taken; what was there is forgotten, with all rows after it.
     *
     * @param request hash of its id
     * @param at milliseconds since 1970
     * @param bucket in which it is counted
     * @param before number of the same user's list before
     */
    OpenList fill(int row, ServedList list, long request, long at, Bucket bucket, long before) {
        requests[row] = request;
        userHashes[row] = IdHash.of(list.userId().value());
        servedAt[row] = at;
        previous[row] = before;
        buckets[row] = bucket;
        measures[row] = ListMeasures.NONE;
        misses[row] = NO_MISSES;
        versions[row] = row > 0 && list.modelVersion().equals(versions[row - 1])
                ? versions[row - 1]
                : list.modelVersion().intern();
        if (row == 0) {
            distinctOrigins.clear();
        }
        origins[row] = distinctOrigins.computeIfAbsent(list.origin(), origin -> origin);
        fillUser(row, list.userId());
        fillItems(row, list);
        return new OpenList(this, row);
    }

    private void fillUser(int row, UserId user) {
        byte[] text = user.value().getBytes(StandardCharsets.UTF_8);
        int begin = userBegins[row];
        int end = begin + text.length;
        if (end > users.length) {
            users = Arrays.copyOf(users, Math.max(end, 2 * users.length));
        }
        System.arraycopy(text, 0, users, begin, text.length);
        userBegins[row + 1] = end;
    }

    private void fillItems(int row, ServedList list) {
        ShownItems shown = list.items();
        int begin = begins[row];
        int end = begin + shown.size();
        if (end > items.length) {
            grow(Math.max(end, 2 * items.length));
        }
        begins[row + 1] = end;
        for (int i = begin; i < end; i++) {
            String source = shown.source(i - begin);
            String team = shown.team(i - begin);
            items[i] = shown.hash(i - begin);
            followed[i] = 0;
            sources[i] = shared(source.isEmpty() ? unnamedSource(row) : source, i);
            if (teams != null) {
                teams[i] = team.intern();
            } else if (!team.isEmpty()) {
                teams = new String[items.length];
                Arrays.fill(teams, "");
                teams[i] = team.intern();
            }
        }
    }

    private void grow(int length) {
        items = Arrays.copyOf(items, length);
        sources = Arrays.copyOf(sources, length);
        followed = Arrays.copyOf(followed, length);
        if (teams != null) {
            teams = Arrays.copyOf(teams, length);
        }
    }

    /** One text for all that are equal. Neighbours mostly are, and to look is much quicker than to ask for it. */
    private String shared(String source, int i) {
        return i > 0 && source.equals(sources[i - 1]) ? sources[i - 1] : source.intern();
    }

    /** Of lists that were written before items had a source. */
    private String unnamedSource(int row) {
        return versions[row].isEmpty() ? "popular" : "personal";
    }

    /** Whether the lists here are so long that its arrays had better not be used again. */
    boolean isLarge() {
        return items.length > 4 * ITEMS * LISTS || users.length > 16 * USER_BYTES * LISTS;
    }

    long request(int row) {
        return requests[row];
    }

    long userHash(int row) {
        return userHashes[row];
    }

    UserId user(int row) {
        int begin = userBegins[row];
        return new UserId(new String(users, begin, userBegins[row + 1] - begin, StandardCharsets.UTF_8));
    }

    long servedAt(int row) {
        return servedAt[row];
    }

    long previous(int row) {
        return previous[row];
    }

    Bucket bucket(int row) {
        return buckets[row];
    }

    String version(int row) {
        return versions[row];
    }

    ServedList.Origin origin(int row) {
        return origins[row];
    }

    ListMeasures measures(int row) {
        return measures[row];
    }

    void measured(int row, ListMeasures now) {
        measures[row] = now;
    }

    int length(int row) {
        return begins[row + 1] - begins[row];
    }

    long item(int row, int position) {
        return items[begins[row] + position];
    }

    String source(int row, int position) {
        return sources[begins[row] + position];
    }

    String team(int row, int position) {
        return teams == null ? "" : teams[begins[row] + position];
    }

    int followed(int row, int position) {
        return followed[begins[row] + position];
    }

    /** @return the bits that were not set before */
    int follow(int row, int position, int bits) {
        int place = begins[row] + position;
        int added = bits & ~followed[place];
        followed[place] |= (byte) bits;
        return added;
    }

    int misses(int row) {
        return misses[row].length;
    }

    void miss(int row, long item) {
        long[] missed = misses[row];
        if (missed.length < MOST_MISSES && Arrays.stream(missed).noneMatch(other -> other == item)) {
            misses[row] = Arrays.copyOf(missed, missed.length + 1);
            misses[row][missed.length] = item;
        }
    }
}
