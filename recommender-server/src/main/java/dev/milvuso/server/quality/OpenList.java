package dev.milvuso.server.quality;

import dev.milvuso.action.ServedList;
import dev.milvuso.action.UserId;

/**
 * A list that was served, and what has followed it so far: a row of a {@link ListBlock}, to be read while the list is
 * held there. Not safe for use by many threads.
 */
public final class OpenList {
    private final ListBlock block;
    private final int row;

    OpenList(ListBlock block, int row) {
        this.block = block;
        this.row = row;
    }

    public ServedList.Origin origin() {
        return block.origin(row);
    }

    public UserId user() {
        return block.user(row);
    }

    /** Empty if the list is not personal. */
    public String modelVersion() {
        return block.version(row);
    }

    /** Milliseconds since 1970. */
    public long servedAt() {
        return block.servedAt(row);
    }

    public int length() {
        return block.length(row);
    }

    public String source(int position) {
        return block.source(row, position);
    }

    /** Empty unless two rankings were interleaved. */
    public String team(int position) {
        return block.team(row, position);
    }

    /** The bits of {@link Meaning} that are set for the item at a position from 0. */
    public int followed(int position) {
        return block.followed(row, position);
    }

    long request() {
        return block.request(row);
    }

    long userHash() {
        return block.userHash(row);
    }

    /** Number of the same user's list before. */
    long previous() {
        return block.previous(row);
    }

    long item(int position) {
        return block.item(row, position);
    }

    /** @return -1 if the item is not in the list */
    int position(long item) {
        int length = length();
        for (int i = 0; i < length; i++) {
            if (item(i) == item) {
                return i;
            }
        }
        return -1;
    }

    /** @return the bits that were not set before */
    int follow(int position, int bits) {
        return block.follow(row, position, bits);
    }

    /** A relevant item that was not listed. */
    void miss(long item) {
        block.miss(row, item);
    }

    int misses() {
        return block.misses(row);
    }

    Bucket bucket() {
        return block.bucket(row);
    }

    ListMeasures measures() {
        return block.measures(row);
    }

    void measured(ListMeasures now) {
        block.measured(row, now);
    }
}
