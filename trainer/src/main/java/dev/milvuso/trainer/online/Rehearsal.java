package dev.milvuso.trainer.online;

import dev.milvuso.trainer.parameter.PartImage;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.random.RandomGenerator;

/**
 * The latest positives, to be stepped through again beside new ones, so that a stream teaches more than one step an
 * example does (experience replay: Lin, Machine Learning 8, 1992; for streams of feedback: Diaz-Aviles et al., RecSys
 * 2012). A ring of 16 bytes an entry. Not for several threads.
 */
final class Rehearsal {
    private static final int ENTRY_BYTES = 16;

    private final Ring ring;
    private final Window window;
    private int[] users = new int[1024];
    private int[] items = new int[1024];
    private float[] weights = new float[1024];
    private int[] generations = new int[1024];

    /** @param capacity positives kept, at least 1 */
    Rehearsal(int capacity) {
        this(capacity, new Window() {});
    }

    /** @param window told of what comes and goes, and of all that is there once it was restored */
    Rehearsal(int capacity, Window window) {
        ring = new Ring(capacity);
        this.window = window;
    }

    /** Follows which positives are kept. */
    interface Window {
        default void added(int user, int item) {}

        default void removed(int user, int item) {}
    }

    /** Takes an entry by its place. */
    interface Step {
        /** @param generations what was given with the entry */
        void step(int user, int item, float weight, int generations);
    }

    /**
     * Keeps a positive; the oldest one goes when there are too many.
     *
     * @param marks which generations of the two rows are meant
     */
    void add(int user, int item, float weight, int marks) {
        int next = ring.next();
        grow(next + 1);
        if (ring.isFull()) {
            window.removed(users[next], items[next]);
        }
        window.added(user, item);
        users[next] = user;
        items[next] = item;
        weights[next] = weight;
        generations[next] = marks;
        ring.added();
    }

    private void grow(int size) {
        if (size > users.length) {
            int length = (int) Math.min(ring.capacity(), Math.max(size, users.length * 2L));
            users = Arrays.copyOf(users, length);
            items = Arrays.copyOf(items, length);
            weights = Arrays.copyOf(weights, length);
            generations = Arrays.copyOf(generations, length);
        }
    }

    /** Hands over entries drawn uniformly, with repetition; none if there are none. */
    void draw(int count, RandomGenerator random, Step step) {
        for (int i = 0; i < count && ring.size() > 0; i++) {
            int entry = random.nextInt(ring.size());
            step.step(users[entry], items[entry], weights[entry], generations[entry]);
        }
    }

    /** Hands over all entries, the oldest first. */
    void inOrder(Step step) {
        for (int n = 0; n < ring.size(); n++) {
            int entry = ring.oldest(n);
            step.step(users[entry], items[entry], weights[entry], generations[entry]);
        }
    }

    PartImage image() {
        return ring.image(
                ENTRY_BYTES,
                (entry, out) -> out.putInt(users[entry])
                        .putInt(items[entry])
                        .putFloat(weights[entry])
                        .putInt(generations[entry]));
    }

    /** From now on every part counts as changed. */
    void changeAll() {
        ring.changeAll();
    }

    /** From now on these parts count as changed. */
    void change(BitSet parts) {
        ring.change(parts);
    }

    /** Writes what says where in the parts the oldest is. */
    void write(DataOutput out) throws IOException {
        ring.write(out);
    }

    /** Takes what an image held into an empty one; of more than fit, the latest. */
    void restore(DataInput in, Ring.Parts parts) throws IOException {
        Ring written = Ring.read(in);
        Rehearsal all = written.capacity() == ring.capacity() ? this : new Rehearsal(written.capacity());
        all.grow(written.size());
        all.ring.takeOver(written);
        written.read(parts, (entry, bytes) -> {
            all.users[entry] = bytes.getInt();
            all.items[entry] = bytes.getInt();
            all.weights[entry] = bytes.getFloat();
            all.generations[entry] = bytes.getInt();
        });
        for (int n = 0; n < written.size() && all != this; n++) {
            int entry = written.oldest(n);
            add(all.users[entry], all.items[entry], all.weights[entry], all.generations[entry]);
        }
        for (int entry = 0; entry < ring.size() && all == this; entry++) {
            window.added(users[entry], items[entry]);
        }
    }
}
