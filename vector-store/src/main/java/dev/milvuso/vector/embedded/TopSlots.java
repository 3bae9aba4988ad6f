package dev.milvuso.vector.embedded;

import java.util.List;

/** The best k slots of a scan: a heap over primitives with the worst on top. Ties go to the lesser id. */
final class TopSlots<T extends Comparable<T>> {
    private final float[] scores;
    private final int[] slots;
    private final List<T> ids;
    private int size;

    /** @param ids the id of each slot */
    TopSlots(int k, List<T> ids) {
        this.scores = new float[k];
        this.slots = new int[k];
        this.ids = ids;
    }

    /** @param score larger is better */
    void offer(int slot, float score) {
        if (size < slots.length) {
            int at = size++;
            while (at > 0 && worse(slot, score, (at - 1) / 2)) {
                move((at - 1) / 2, at);
                at = (at - 1) / 2;
            }
            put(at, slot, score);
        } else if (!worse(slot, score, 0)) {
            sink(slot, score);
        }
    }

    /** Empties the heap. @return the slots, best first */
    int[] drain() {
        int[] best = new int[size];
        while (size > 0) {
            best[size - 1] = slots[0];
            size--;
            sink(slots[size], scores[size]);
        }
        return best;
    }

    private void sink(int slot, float score) {
        int at = 0;
        for (int child = 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && worse(slots[child + 1], scores[child + 1], child)) {
                child++;
            }
            if (worse(slot, score, child)) {
                break;
            }
            move(child, at);
            at = child;
        }
        put(at, slot, score);
    }

    private boolean worse(int slot, float score, int at) {
        return score < scores[at] || (score == scores[at] && ids.get(slot).compareTo(ids.get(slots[at])) > 0);
    }

    private void move(int from, int to) {
        put(to, slots[from], scores[from]);
    }

    private void put(int at, int slot, float score) {
        scores[at] = score;
        slots[at] = slot;
    }
}
