package dev.milvuso.vector.index;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one list divided among new lists and its neighbours: found out without the lock, then put in its place
 * under it.
 */
final class ListDivision {
    private static final int NOWHERE = -1;

    private final InvertedLists lists;
    private final ListRows rows;
    private final int[] neighbours;
    private final PostingList[] made;
    /** By place: which new list a row goes to, or from their count on which neighbour; none if no row is there. */
    private final int[] choices;
    /** By place: where in the new list. */
    private final int[] places;
    /** By place: of rows that go to neighbours. */
    private final @Nullable RowCode[] codes;

    ListDivision(InvertedLists lists, ListRows rows, int[] neighbours, float[][] centres) {
        this.lists = lists;
        this.rows = rows;
        this.neighbours = neighbours;
        this.made = new PostingList[centres.length];
        this.choices = new int[rows.size()];
        this.places = new int[rows.size()];
        this.codes = new RowCode[rows.size()];
        int[] counts = choose(centres);
        for (int c = 0; c < made.length; c++) {
            made[c] = new PostingList(centres[c], counts[c] + counts[c] / 8, lists.encoder());
        }
        fill();
        for (PostingList list : made) {
            list.settled();
        }
    }

    /** @return how many each new list is to have */
    private int[] choose(float[][] centres) {
        int[] counts = new int[centres.length];
        Arrays.fill(choices, NOWHERE);
        for (int place = 0; place < choices.length; place++) {
            float[] row = rows.placed(place);
            if (row != null) {
                choices[place] = choice(row, centres);
                if (choices[place] < centres.length) {
                    counts[choices[place]]++;
                }
            }
        }
        return counts;
    }

    private int choice(float[] row, float[][] centres) {
        int best = 0;
        float least = Float.POSITIVE_INFINITY;
        for (int i = 0; i < centres.length + neighbours.length; i++) {
            float[] centre = i < centres.length ? centres[i] : lists.list(neighbours[i - centres.length]).centre;
            float distance = ListSurgery.distance(row, centre);
            if (distance < least) {
                least = distance;
                best = i;
            }
        }
        return best;
    }

    private void fill() {
        RowCode code = new RowCode(lists.encoder().groups());
        for (int place = 0; place < choices.length; place++) {
            float[] row = rows.placed(place);
            if (row != null && choices[place] < made.length) {
                PostingList to = made[choices[place]];
                lists.encoder().encode(row, to.centre, code);
                places[place] = to.add(rows.slot(place), code);
            } else if (row != null) {
                codes[place] = lists.code(row, neighbours[choices[place] - made.length]);
            }
        }
    }

    /**
     * Under the lock.
     *
     * @param before the list that is divided, which has the number
     * @return the numbers of the new lists
     */
    int[] takePlace(int number, PostingList before, Scratch scratch) {
        int[] late = leaveOut(before);
        int[] numbers = new int[made.length];
        for (int c = 0; c < made.length; c++) {
            numbers[c] = c == 0 ? number : lists.add(made[c]);
        }
        for (int place = 0; place < choices.length; place++) {
            settle(place, numbers);
        }
        for (int slot : late) {
            join(slot, numbers, scratch);
        }
        // The new lists and the neighbours have all rows before the old list goes.
        if (made.length == 0) {
            lists.directory().remove(number);
        } else {
            lists.directory().set(number, made[0], lists.ranking());
        }
        return numbers;
    }

    /** Takes out rows that have gone or changed. @return the slots of those that have come or changed */
    private int[] leaveOut(PostingList before) {
        int[] slots = before.content().slots();
        int[] late = new int[before.size()];
        int count = 0;
        for (int place = 0; place < late.length; place++) {
            if (!rows.isStill(lists, before, place)) {
                if (place < choices.length && choices[place] != NOWHERE) {
                    if (choices[place] < made.length) {
                        made[choices[place]].remove(places[place]);
                    }
                    choices[place] = NOWHERE;
                }
                late[count] = slots[place];
                count += slots[place] >= 0 ? 1 : 0;
            }
        }
        return Arrays.copyOf(late, count);
    }

    private void settle(int place, int[] numbers) {
        int choice = choices[place];
        RowCode code = codes[place];
        if (code != null && choice != NOWHERE) {
            add(rows.slot(place), neighbours[choice - made.length], code);
        } else if (choice != NOWHERE) {
            lists.places().set(rows.slot(place), numbers[choice], places[place]);
        }
    }

    private void join(int slot, int[] numbers, Scratch scratch) {
        float[] row = lists.placed(slot);
        int choice = choice(row, Arrays.stream(made).map(list -> list.centre).toArray(float[][]::new));
        if (choice < made.length) {
            PostingList list = made[choice];
            lists.encoder().encode(row, list.centre, scratch.row);
            lists.places().set(slot, numbers[choice], list.add(slot, scratch.row));
            if (choice > 0) {
                lists.directory().widen(numbers[choice], list);
            }
        } else {
            int number = neighbours[choice - made.length];
            lists.encoder().encode(row, lists.list(number).centre, scratch.row);
            add(slot, number, scratch.row);
        }
    }

    private void add(int slot, int number, RowCode code) {
        PostingList list = lists.list(number);
        lists.places().set(slot, number, list.add(slot, code));
        lists.directory().widen(number, list);
    }
}
