package dev.milvuso.server.quality;

import dev.milvuso.action.IdHash;
import dev.milvuso.action.ServedList;
import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists that take actions, found by their request and by their user, numbered in the order in which they came. Not safe
 * for use by many threads.
 */
final class OpenLists {
    private static final long NONE = -1;

    /** So many items for each list that may be held, on average; longer lists are let go of earlier. */
    private static final int ITEMS = 20;

    private final int most;
    private final List<ListBlock> blocks = new ArrayList<>();
    private final Long2LongOpenHashMap byRequest = new Long2LongOpenHashMap();
    private final Long2LongOpenHashMap latestOfUser = new Long2LongOpenHashMap();
    private @Nullable ListBlock spare;
    private long oldest;
    private long next;
    private long items;

    /** @param most lists that are held at once, of 20 items on average */
    OpenLists(int most) {
        this.most = most;
        byRequest.defaultReturnValue(NONE);
        latestOfUser.defaultReturnValue(NONE);
    }

    boolean holds(long request) {
        return byRequest.containsKey(request);
    }

    int size() {
        return (int) (next - oldest);
    }

    /**
     * @param request hash of its id, which is not held
     * @param servedAt milliseconds since 1970
     * @param bucket in which it is counted
     */
    OpenList add(ServedList list, long request, long servedAt, Bucket bucket) {
        int row = row(next);
        if (row == 0) {
            blocks.add(spare == null ? new ListBlock() : spare);
            spare = null;
        }
        long before = latestOfUser.put(IdHash.of(list.userId().value()), next);
        byRequest.put(request, next++);
        items += list.items().size();
        return blocks.get(blocks.size() - 1).fill(row, list, request, servedAt, bucket, before);
    }

    private static int row(long number) {
        return (int) (number % ListBlock.LISTS);
    }

    private OpenList at(long number) {
        return new OpenList(blocks.get((int) (number / ListBlock.LISTS - oldest / ListBlock.LISTS)), row(number));
    }

    private @Nullable OpenList held(long number) {
        return number < oldest ? null : at(number);
    }

    @Nullable OpenList named(long request) {
        return held(byRequest.get(request));
    }

    /** The user's latest. */
    @Nullable OpenList latest(long user) {
        return held(latestOfUser.get(user));
    }

    /** The same user's before this one. */
    @Nullable OpenList before(OpenList list) {
        return held(list.previous());
    }

    /** Whether the oldest has to be let go of, since there are too many. */
    boolean isOverfull() {
        return size() > most || items > (long) ITEMS * most;
    }

    @Nullable OpenList oldest() {
        return size() == 0 ? null : at(oldest);
    }

    void dropOldest() {
        OpenList gone = at(oldest);
        byRequest.remove(gone.request());
        boolean unused = latestOfUser.remove(gone.userHash(), oldest);
        items -= gone.length();
        oldest++;
        if (row(oldest) == 0) {
            ListBlock empty = blocks.remove(0);
            spare = empty.isLarge() ? null : empty;
        }
    }
}
