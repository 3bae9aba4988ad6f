package dev.milvuso.trainer.online;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The latest positives, to be stepped through again beside new ones, so that a stream teaches more than one step an
 * example does (experience replay: Lin, Machine Learning 8, 1992; for streams of feedback: Diaz-Aviles et al., RecSys
 * 2012). A ring of 12 bytes an entry. Not for several threads.
 */
final class Rehearsal {
    private final int capacity;
    private int[] users = new int[1024];
    private int[] items = new int[1024];
    private float[] weights = new float[1024];
    private int size;
    private int next;

    /** @param capacity positives kept, at least 1 */
    Rehearsal(int capacity) {
        this.capacity = capacity;
    }

    /** Takes an entry by its place. */
    interface Step {
        void step(int user, int item, float weight);
    }

    /** Keeps a positive; the oldest one goes when there are too many. */
    void add(int user, int item, float weight) {
        if (size == users.length && size < capacity) {
            int length = (int) Math.min(capacity, size * 2L);
            users = Arrays.copyOf(users, length);
            items = Arrays.copyOf(items, length);
            weights = Arrays.copyOf(weights, length);
        }
        users[next] = user;
        items[next] = item;
        weights[next] = weight;
        size = Math.max(size, next + 1);
        next = (next + 1) % capacity;
    }

    /** Hands over entries drawn uniformly, with repetition; none if there are none. */
    void draw(int count, RandomGenerator random, Step step) {
        for (int i = 0; i < count && size > 0; i++) {
            int entry = random.nextInt(size);
            step.step(users[entry], items[entry], weights[entry]);
        }
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(size);
        int oldest = size == capacity ? next : 0;
        for (int i = 0; i < size; i++) {
            int entry = (oldest + i) % capacity;
            out.writeInt(users[entry]);
            out.writeInt(items[entry]);
            out.writeFloat(weights[entry]);
        }
    }

    /** Into one that is empty; of more than fit, the latest stay. */
    void read(DataInput in) throws IOException {
        for (int left = in.readInt(); left > 0; left--) {
            add(in.readInt(), in.readInt(), in.readFloat());
        }
    }
}
