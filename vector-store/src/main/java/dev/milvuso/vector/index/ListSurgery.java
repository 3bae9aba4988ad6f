package dev.milvuso.vector.index;

import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps lists in shape (the protocol of Xu et al., "SPFresh: Incremental In-Place Update for Billion-Scale Vector
 * Search", 2023). A list of twice the rows it should have is split by 2-means; one of a quarter goes to its neighbours;
 * one whose rows have all changed since moves to their middle. Each time, a row goes to whichever is nearest of the new
 * centres and the neighbours', and after a split the neighbours' rows too come to a new centre that is nearer than
 * their own.
 *
 * <p>All under the index's lock; searches go on in the lists as they were.
 */
final class ListSurgery {
    private static final int HUGE = 5;
    private static final int NEIGHBOURS = 8;
    /** Neighbours whose rows may come to new centres. */
    private static final int PULLED = 4;

    private static final int ITERATIONS = 4;
    private static final IndexMath MATH = IndexMath.BEST;

    private final InvertedLists lists;
    private final Scratch scratch;

    ListSurgery(InvertedLists lists) {
        this.lists = lists;
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

    void mend(int number) {
        PostingList list = lists.directory().list(number);
        if (list == null) {
            return;
        }
        if (isLarge(lists, list)) {
            replace(number, list, halves(rows(list.slots())));
        } else if (isSmall(lists, list)) {
            replace(number, list, new float[0][]);
        } else if (isShifted(list)) {
            replace(number, list, new float[][] {Nearest.mean(rows(list.slots()), list.centre.length)});
        }
    }

    private float[][] rows(int[] slots) {
        return Arrays.stream(slots).mapToObj(lists::placed).toArray(float[][]::new);
    }

    private void replace(int number, PostingList list, float[][] centres) {
        int[] neighbours = neighbours(number, list.centre);
        int[] slots = list.slots();
        float[][] rows = rows(slots);
        int[] numbers = new int[centres.length];
        PostingList[] made = new PostingList[centres.length];
        int[] choices = new int[slots.length];
        for (int i = 0; i < slots.length; i++) {
            choices[i] = choice(rows[i], centres, neighbours);
        }
        for (int c = 0; c < centres.length; c++) {
            int own = c;
            int[] mine = IntStream.range(0, slots.length)
                    .filter(i -> choices[i] == own)
                    .toArray();
            made[c] = list(centres[c], slots, rows, mine);
        }
        // The new lists are whole before the old one goes.
        for (int c = 0; c < made.length; c++) {
            numbers[c] = c == 0 ? number : lists.add(made[c]);
        }
        for (int i = 0; i < slots.length; i++) {
            if (choices[i] >= centres.length) {
                move(slots[i], rows[i], neighbours[choices[i] - centres.length]);
            }
        }
        if (made.length == 0) {
            lists.directory().remove(number);
        } else {
            lists.directory().set(number, made[0], lists.ranking());
        }
        for (int c = 0; c < made.length; c++) {
            int[] there = made[c].slots();
            for (int place = 0; place < there.length; place++) {
                lists.places().set(there[place], numbers[c], place);
            }
        }
        if (made.length > 1) {
            pull(neighbours, numbers);
        }
    }

    private void move(int slot, float[] row, int number) {
        PostingList to = lists.list(number);
        lists.encoder().encode(row, to.centre, scratch.row);
        lists.places().set(slot, number, to.add(slot, scratch.row));
        lists.directory().widen(number, to);
    }

    private PostingList list(float[] centre, int[] slots, float[][] rows, int[] mine) {
        PostingList list = new PostingList(centre, mine.length + mine.length / 8, lists.encoder());
        for (int i : mine) {
            lists.encoder().encode(rows[i], centre, scratch.row);
            list.add(slots[i], scratch.row);
        }
        list.settled();
        return list;
    }

    /** The nearest of the centres (below their count) or of the neighbours (from there on). */
    private int choice(float[] row, float[][] centres, int[] neighbours) {
        int best = 0;
        float least = Float.POSITIVE_INFINITY;
        for (int i = 0; i < centres.length + neighbours.length; i++) {
            float[] centre = i < centres.length ? centres[i] : lists.list(neighbours[i - centres.length]).centre;
            float distance = MATH.squaredDistance(row, centre, 0, row.length);
            if (distance < least) {
                least = distance;
                best = i;
            }
        }
        return best;
    }

    /** Nearest first, by codes. */
    private int[] neighbours(int number, float[] centre) {
        return new Nearest(lists.directory(), lists.ranking())
                .about(centre, NEIGHBOURS + 1, scratch)
                .filter(near -> near != number && lists.directory().list(near) != null)
                .limit(NEIGHBOURS)
                .toArray();
    }

    private void pull(int[] neighbours, int[] numbers) {
        for (int i = 0; i < Math.min(PULLED, neighbours.length); i++) {
            PostingList from = lists.list(neighbours[i]);
            for (int slot : from.slots()) {
                float[] row = lists.placed(slot);
                float own = MATH.squaredDistance(row, from.centre, 0, row.length);
                int to = nearer(row, own, numbers);
                if (to >= 0) {
                    PostingList list = lists.list(to);
                    lists.encoder().encode(row, list.centre, scratch.row);
                    lists.put(slot, to, list, scratch.row);
                }
            }
        }
    }

    private int nearer(float[] row, float own, int[] numbers) {
        int best = -1;
        float least = own;
        for (int number : numbers) {
            float distance = MATH.squaredDistance(row, lists.list(number).centre, 0, row.length);
            if (distance < least) {
                least = distance;
                best = number;
            }
        }
        return best;
    }

    /** Two centres by 2-means, from the first row and the one farthest from it; alike rows are halved. */
    private static float[][] halves(float[][] rows) {
        float[] a = rows[0];
        float[] b = farthest(rows, a);
        for (int i = 0; i < ITERATIONS; i++) {
            float[] one = a;
            float[] two = b;
            float[] nextA = mean(rows, row -> isNearer(row, one, two));
            float[] nextB = mean(rows, row -> !isNearer(row, one, two));
            a = nextA == null ? a : nextA;
            b = nextB == null ? b : nextB;
        }
        return new float[][] {a, b};
    }

    private static boolean isNearer(float[] row, float[] a, float[] b) {
        return MATH.squaredDistance(row, a, 0, a.length) <= MATH.squaredDistance(row, b, 0, b.length);
    }

    private static float[] farthest(float[][] rows, float[] from) {
        float[] farthest = from;
        float most = -1;
        for (float[] row : rows) {
            float distance = MATH.squaredDistance(row, from, 0, from.length);
            if (distance > most) {
                most = distance;
                farthest = row;
            }
        }
        return farthest;
    }

    private static float @Nullable [] mean(float[][] rows, Predicate<float[]> which) {
        float[][] some = Arrays.stream(rows).filter(which).toArray(float[][]::new);
        return some.length == 0 ? null : Nearest.mean(some, rows[0].length);
    }
}
