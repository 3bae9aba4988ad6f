package dev.milvuso.vector.index;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps lists in shape (the protocol of Xu et al., "SPFresh: Incremental In-Place Update for Billion-Scale Vector
 * Search", 2023). A list of twice the rows it should have is split by 2-means; one of a quarter goes to its neighbours;
 * one whose rows have all changed since moves to their middle. Each time, a row goes to whichever is nearest of the new
 * centres and the neighbours', and after a split the neighbours' rows too come to a new centre that is nearer than
 * their own.
 *
 * <p>The lock is held while rows are looked up and while the outcome takes its place; what is found out in between is
 * checked against what has changed meanwhile. One at a time for the same lists; searches go on in the lists as they
 * were.
 */
final class ListSurgery {
    private static final int HUGE = 5;
    private static final int NEIGHBOURS = 8;
    /** Neighbours whose rows may come to new centres. */
    private static final int PULLED = 4;

    private final InvertedLists lists;
    private final ReentrantLock lock;
    private final Scratch scratch;

    /** @param lock of those who write to the lists */
    ListSurgery(InvertedLists lists, ReentrantLock lock) {
        this.lists = lists;
        this.lock = lock;
        this.scratch = lists.scratch();
    }

    static boolean isDue(InvertedLists lists, int number) {
        PostingList list = lists.directory().list(number);
        return list != null && (isLarge(lists, list) || isSmall(lists, list) || isShifted(list));
    }

    /** Far larger than it should be. */
    static boolean isHuge(InvertedLists lists, int number) {
        PostingList list = lists.directory().list(number);
        return list != null && list.live() > HUGE * lists.rowsPerList() && list.spread() > 0;
    }

    private static boolean isLarge(InvertedLists lists, PostingList list) {
        return list.live() > 2 * lists.rowsPerList() && list.spread() > 0;
    }

    private static boolean isSmall(InvertedLists lists, PostingList list) {
        return list.live() < lists.rowsPerList() / 4 && lists.directory().live() > 1;
    }

    /** Or holds memory for twice its rows. */
    private static boolean isShifted(PostingList list) {
        int most = 2 * list.live() + 2 * IndexMath.BLOCK;
        return list.live() > 0 && (list.arrivals() > list.live() + 16 || list.size() > most);
    }

    /** Without the lock, unless nobody else waits for it. */
    void mend(int number) {
        PostingList list;
        int parts;
        ListRows rows;
        lock.lock();
        try {
            list = lists.directory().list(number);
            if (list == null || !isDue(lists, number)) {
                return;
            }
            parts = isLarge(lists, list) ? 2 : isSmall(lists, list) ? 0 : 1;
            rows = ListRows.of(lists, list);
        } finally {
            lock.unlock();
        }
        rows.look(lists);
        int[] neighbours = neighbours(number, list.centre);
        if (parts + neighbours.length > 0) {
            replace(number, list, rows, neighbours, centres(parts, rows.live(), list.centre));
        }
    }

    private static float[][] centres(int parts, float[][] rows, float[] before) {
        if (parts == 0) {
            return new float[0][];
        }
        if (parts == 2 && rows.length > 1) {
            return Halves.of(rows);
        }
        return new float[][] {rows.length == 0 ? before : Nearest.mean(rows, before.length)};
    }

    private void replace(int number, PostingList list, ListRows rows, int[] neighbours, float[][] centres) {
        ListDivision division = new ListDivision(lists, rows, neighbours, centres);
        int[] numbers;
        lock.lock();
        try {
            numbers = division.takePlace(number, list, scratch);
        } finally {
            lock.unlock();
        }
        if (numbers.length > 1) {
            for (int i = 0; i < Math.min(PULLED, neighbours.length); i++) {
                pull(neighbours[i], numbers);
            }
        }
    }

    /** Nearest first, by codes. */
    private int[] neighbours(int number, float[] centre) {
        return new Nearest(lists.directory(), lists.ranking())
                .about(centre, NEIGHBOURS + 1, scratch)
                .filter(near -> near != number && lists.directory().list(near) != null)
                .limit(NEIGHBOURS)
                .toArray();
    }

    /** Has rows of a list come to others that are nearer. */
    private void pull(int from, int[] numbers) {
        PostingList list = lists.list(from);
        ListRows rows;
        lock.lock();
        try {
            rows = ListRows.of(lists, list);
        } finally {
            lock.unlock();
        }
        rows.look(lists);
        int[] nearer = new int[rows.size()];
        RowCode[] codes = new RowCode[nearer.length];
        for (int place = 0; place < nearer.length; place++) {
            float[] row = rows.placed(place);
            nearer[place] = row == null ? -1 : nearer(row, list.centre, numbers);
            if (row != null && nearer[place] >= 0) {
                codes[place] = lists.code(row, nearer[place]);
            }
        }
        lock.lock();
        try {
            move(list, rows, nearer, codes);
        } finally {
            lock.unlock();
        }
    }

    private void move(PostingList from, ListRows rows, int[] to, @Nullable RowCode[] codes) {
        for (int place = 0; place < to.length; place++) {
            RowCode code = codes[place];
            if (code != null && rows.isStill(lists, from, place)) {
                lists.put(rows.slot(place), to[place], lists.list(to[place]), code);
            }
        }
    }

    private int nearer(float[] row, float[] own, int[] numbers) {
        int best = -1;
        float least = distance(row, own);
        for (int number : numbers) {
            float distance = distance(row, lists.list(number).centre);
            if (distance < least) {
                least = distance;
                best = number;
            }
        }
        return best;
    }

    static float distance(float[] a, float[] b) {
        return IndexMath.BEST.squaredDistance(a, b, 0, a.length);
    }
}
