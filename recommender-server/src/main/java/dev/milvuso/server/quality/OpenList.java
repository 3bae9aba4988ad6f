package dev.milvuso.server.quality;

import dev.milvuso.action.ServedList;
import dev.milvuso.action.UserId;
import java.util.Arrays;

/** A list that was served, and what has followed it so far. Not safe for use by many threads. */
public final class OpenList {
    /** Distinct relevant items that were not listed and are remembered; more say nothing new. */
    private static final int MOST_MISSES = 64;

    private static final long[] NONE = {};

    private final ServedList.Origin origin;
    private final UserId user;
    private final String modelVersion;
    private final long request;
    private final long userHash;
    private final long servedAt;
    private final long[] items;
    private final String[] sources;
    private final String[] teams;
    private final byte[] followed;
    private long[] missed = NONE;
    private final Bucket bucket;
    private ListMeasures measures = ListMeasures.NONE;

    /**
     * @param servedAt milliseconds since 1970
     * @param bucket in which it is counted
     */
    OpenList(ServedList list, long servedAt, Bucket bucket) {
        this.bucket = bucket;
        this.origin = list.origin();
        this.user = list.userId();
        this.modelVersion = list.modelVersion();
        this.request = Hash.of(list.requestId().value());
        this.userHash = Hash.of(list.userId().value());
        this.servedAt = servedAt;
        int length = list.items().size();
        this.items = new long[length];
        this.sources = new String[length];
        this.followed = new byte[length];
        boolean interleaved =
                list.items().stream().anyMatch(shown -> !shown.team().isEmpty());
        this.teams = new String[interleaved ? length : 0];
        for (int i = 0; i < length; i++) {
            ServedList.Shown shown = list.items().get(i);
            items[i] = Hash.of(shown.itemId().value());
            sources[i] = shared(shown.source().isEmpty() ? fallbackSource() : shown.source(), sources, i);
            if (interleaved) {
                teams[i] = shared(shown.team(), teams, i);
            }
        }
    }

    /** One text for all that are equal. Neighbours mostly are, and to look is much quicker than to ask for it. */
    private static String shared(String text, String[] before, int position) {
        return position > 0 && text.equals(before[position - 1]) ? before[position - 1] : text.intern();
    }

    /** Lists that were written before items had a source. */
    private String fallbackSource() {
        return modelVersion.isEmpty() ? "popular" : "personal";
    }

    public ServedList.Origin origin() {
        return origin;
    }

    public UserId user() {
        return user;
    }

    /** Empty if the list is not personal. */
    public String modelVersion() {
        return modelVersion;
    }

    public long servedAt() {
        return servedAt;
    }

    public int length() {
        return items.length;
    }

    public String source(int position) {
        return sources[position];
    }

    /** Empty unless two rankings were interleaved. */
    public String team(int position) {
        return teams.length == 0 ? "" : teams[position];
    }

    /** The bits of {@link Meaning} that are set for the item at a position from 0. */
    public int followed(int position) {
        return followed[position];
    }

    long request() {
        return request;
    }

    long userHash() {
        return userHash;
    }

    long item(int position) {
        return items[position];
    }

    /** @return -1 if the item is not in the list */
    int position(long item) {
        for (int i = 0; i < items.length; i++) {
            if (items[i] == item) {
                return i;
            }
        }
        return -1;
    }

    /** @return the bits that were not set before */
    int follow(int position, int bits) {
        int added = bits & ~followed[position];
        followed[position] |= (byte) bits;
        return added;
    }

    /** A relevant item that was not listed. */
    void miss(long item) {
        if (missed.length < MOST_MISSES && Arrays.stream(missed).noneMatch(other -> other == item)) {
            missed = Arrays.copyOf(missed, missed.length + 1);
            missed[missed.length - 1] = item;
        }
    }

    int misses() {
        return missed.length;
    }

    Bucket bucket() {
        return bucket;
    }

    ListMeasures measures() {
        return measures;
    }

    void measured(ListMeasures now) {
        measures = now;
    }
}
