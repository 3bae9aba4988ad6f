package dev.milvuso.vector.index;

/** The best k slots that were offered: a heap with the worst on top. Of equal scores the lesser slot is better. */
public final class TopScores {
    private final float[] scores;
    private final int[] slots;
    private int size;

    public TopScores(int k) {
        this.scores = new float[k];
        this.slots = new int[k];
    }

    /** What a score must not fall below to be taken: that of the worst, once there are k. */
    float least() {
        return size < slots.length ? Float.NEGATIVE_INFINITY : scores[0];
    }

    public void offer(int slot, float score) {
        if (size < slots.length) {
            int at = size++;
            while (at > 0 && worse(slot, score, (at - 1) / 2)) {
                put(at, slots[(at - 1) / 2], scores[(at - 1) / 2]);
                at = (at - 1) / 2;
            }
            put(at, slot, score);
        } else if (size > 0 && !worse(slot, score, 0)) {
            sink(slot, score);
        }
    }

    /** Empties the heap. */
    public Found drain() {
        int[] bestSlots = new int[size];
        float[] bestScores = new float[size];
        while (size > 0) {
            size--;
            bestSlots[size] = slots[0];
            bestScores[size] = scores[0];
            sink(slots[size], scores[size]);
        }
        return new Found(bestSlots, bestScores);
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
            put(at, slots[child], scores[child]);
            at = child;
        }
        put(at, slot, score);
    }

    private boolean worse(int slot, float score, int at) {
        return score < scores[at] || (score == scores[at] && slot > slots[at]);
    }

    private void put(int at, int slot, float score) {
        scores[at] = score;
        slots[at] = slot;
    }
}
