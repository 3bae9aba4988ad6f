package dev.milvuso.vector.index;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows in lists around centres, searched by codes of 4 bits and then exactly; few rows are searched exactly at once.
 * Lists follow their rows as in SPFresh (Xu et al., 2023): they split, merge and move in the background.
 *
 * <p>A search takes no lock. Writers take one, for microseconds; the list of a row is looked for before.
 */
public final class IvfIndex implements VectorIndex {
    /** Rows at random that are as soon scored exactly as some tens of lists are read. */
    private static final int MATCHING = 2048;

    /** Queries to calibrate by while none has come: they are rough anyway. */
    private static final int STAND_INS = 128;

    private final IvfSettings settings;
    private final Rows rows = new Rows();
    private final ReentrantLock lock = new ReentrantLock();
    private final ConcurrentLinkedDeque<Scratch> scratches = new ConcurrentLinkedDeque<>();
    private final Upkeep upkeep;
    private final RecentQueries recent = new RecentQueries();
    /** Since it was last time to calibrate; and how many rows there were. */
    private int written;

    private int counted;
    private volatile @Nullable InvertedLists lists;
    private volatile Calibrations calibrations = Calibrations.NONE;

    /** @param background for upkeep of lists */
    public IvfIndex(IvfSettings settings, Executor background) {
        this.settings = settings;
        this.upkeep = new Upkeep(lock, background);
    }

    @Override
    public void put(int slot, float[] vector) {
        check(vector);
        float[] row = vector.clone();
        float[] placed = settings.similarity().placed(row);
        InvertedLists guessed = lists;
        Scratch scratch = guessed == null ? null : take(guessed);
        int guess = guessed == null || scratch == null ? 0 : guessed.nearest(placed, scratch);
        boolean due;
        lock.lock();
        try {
            rows.set(slot, row);
            InvertedLists now = lists;
            if (now != null) {
                Scratch own = scratch == null ? take(now) : scratch;
                boolean stands = now == guessed && now.directory().list(guess) != null;
                int number = stands ? guess : now.nearest(placed, own);
                int before = now.places().has(slot) ? now.places().list(slot) : number;
                now.put(slot, placed, number, own);
                upkeep.look(now, number);
                if (before != number) {
                    upkeep.look(now, before);
                }
                scratch = own;
            }
            due = isCalibrationDue();
        } finally {
            lock.unlock();
        }
        if (scratch != null) {
            scratches.push(scratch);
        }
        if (due) {
            upkeep.run(this::calibrate);
        }
        if (lists == null && rows.count() >= settings.exactBelow()) {
            train();
        }
    }

    /** Once as many rows have come as there are, or half as many again as there were. */
    private boolean isCalibrationDue() {
        written++;
        if (lists == null || (written < rows.count() && rows.count() < counted + counted / 2)) {
            return false;
        }
        written = 0;
        counted = rows.count();
        return true;
    }

    /**
     * Stores copies of many at once; if there are no lists yet, they are made of all of them together.
     *
     * @param vectors by slot, from 0 on
     */
    public void load(int count, IntFunction<float[]> vectors) {
        boolean first = lists == null;
        for (int slot = 0; slot < count; slot++) {
            if (first) {
                keep(slot, vectors.apply(slot));
            } else {
                put(slot, vectors.apply(slot));
            }
        }
        if (first && rows.count() >= settings.exactBelow()) {
            train();
        }
    }

    private void keep(int slot, float[] vector) {
        check(vector);
        lock.lock();
        try {
            rows.set(slot, vector.clone());
        } finally {
            lock.unlock();
        }
    }

    private void check(float[] vector) {
        if (vector.length != settings.dimension()) {
            throw new IllegalArgumentException(
                    "a vector of " + vector.length + " numbers: the index has " + settings.dimension());
        }
    }

    private Scratch take(InvertedLists from) {
        Scratch scratch = scratches.poll();
        return scratch == null ? from.scratch() : scratch;
    }

    /** Makes the lists anew of all rows; searches go on, writes wait. */
    public void train() {
        lock.lock();
        try {
            if (rows.count() == 0) {
                return;
            }
            InvertedLists made = new ListTraining(settings.similarity(), settings.dimension(), settings.seed())
                    .train(rows, rows.slots());
            upkeep.settle(made);
            lists = made;
            written = 0;
            counted = rows.count();
        } finally {
            lock.unlock();
        }
        calibrate();
    }

    /** Measures anew how much effort a recall takes: by recent queries, or while there are few by stand-ins. */
    public void calibrate() {
        if (lists != null && size() > 0) {
            float[][] queries = recent.all();
            calibrations = Calibrations.of(
                    this,
                    queries.length > 0
                            ? queries
                            : Calibration.standIns(rows, settings.dimension(), STAND_INS, settings.seed()));
        }
    }

    @Override
    public void remove(int slot) {
        lock.lock();
        try {
            if (rows.set(slot, null) != null && lists != null) {
                InvertedLists now = lists;
                int number = now.places().list(slot);
                now.remove(slot);
                upkeep.look(now, number);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int size() {
        return rows.count();
    }

    /** The vector as it was given; not to be changed. */
    public float @Nullable [] get(int slot) {
        return rows.get(slot);
    }

    @Override
    public Found search(float[] query, int k, Selection selection, float recall) {
        InvertedLists now = lists;
        int matching = selection.count();
        if (now == null || recall >= 1 || (matching >= 0 && matching <= Math.min(MATCHING, settings.exactBelow()))) {
            return exact(query, k, selection);
        }
        if (recent.add(query)) {
            upkeep.run(this::calibrate);
        }
        double share = matching < 0 ? 1 : Math.min(1, (double) matching / Math.max(1, size()));
        return search(now, query, k, selection, calibrations.effort(k, recall, share));
    }

    /** By lists, if there are any, with an effort of the caller's choice. */
    public Found search(float[] query, int k, Selection selection, Effort effort) {
        InvertedLists now = lists;
        return now == null ? exact(query, k, selection) : search(now, query, k, selection, effort);
    }

    private Found search(InvertedLists now, float[] query, int k, Selection selection, Effort effort) {
        Scratch scratch = take(now);
        Found found = new ListSearch(now, rows, scratch)
                .search(settings.similarity().placed(query), Math.min(k, Math.max(1, size())), selection, effort);
        scratches.push(scratch);
        return found;
    }

    /** Every row that is selected. */
    public Found exact(float[] query, int k, Selection selection) {
        float[] placed = settings.similarity().placed(query);
        TopScores best = new TopScores(Math.min(k, Math.max(1, size())));
        IntStream slots = selection.count() >= 0 ? selection.slots() : IntStream.range(0, rows.limit());
        slots.forEach(slot -> {
            float[] row = rows.get(slot);
            if (row != null && selection.contains(slot)) {
                best.offer(slot, settings.similarity().score(placed, row));
            }
        });
        return best.drain();
    }

    /** How many lists there are; 0 while every search is exact. */
    public int lists() {
        InvertedLists now = lists;
        return now == null ? 0 : now.directory().live();
    }

    @Override
    public long bytes() {
        InvertedLists now = lists;
        return rows.bytes(settings.dimension()) + (now == null ? 0 : now.bytes());
    }

    @Override
    public void close() {
        upkeep.close();
    }
}
