package dev.milvuso.vector.index;

import java.io.IOException;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows in lists around centres, searched by codes of 4 bits and then exactly; few rows are searched exactly at once.
 * Lists follow their rows as in SPFresh (Xu et al., 2023): they split, merge and move in the background.
 *
 * <p>A search takes no lock. Writers take one, for microseconds; the list of a row is looked for before, and its code
 * made.
 */
public final class IvfIndex extends StructuredIndex<InvertedLists> {
    /** Rows at random that are as soon scored exactly as some tens of lists are read. */
    private static final int MATCHING = 2048;

    /** Queries to calibrate by while none has come: they are rough anyway. */
    private static final int STAND_INS = 128;

    private final IvfSettings settings;
    private final ConcurrentLinkedDeque<Scratch> scratches = new ConcurrentLinkedDeque<>();
    private final Upkeep upkeep;
    private final RecentQueries recent = new RecentQueries();
    /** Since it was last time to calibrate; and how many rows there were. */
    private int written;

    private int counted;

    /** @param background for upkeep of lists */
    public IvfIndex(IvfSettings settings, Executor background) {
        super(settings.similarity(), settings.dimension(), settings.exactBelow());
        this.settings = settings;
        this.upkeep = new Upkeep(lock, background);
    }

    @Override
    void write(int[] slots, float[][] vectors, int from, int end) {
        InvertedLists guessed = structure();
        Scratch scratch = guessed == null ? null : take(guessed);
        if (guessed != null && scratch != null) {
            scratch.arrivals.look(guessed, vectors, from, end, scratch);
        }
        boolean due;
        lock.lock();
        try {
            InvertedLists now = structure();
            for (int i = from; i < end; i++) {
                set(slots[i], vectors[i]);
            }
            if (now != null) {
                Scratch own = scratch == null ? take(now) : scratch;
                for (int i = from; i < end; i++) {
                    move(now, i - from, slots[i], vectors[i], own);
                }
                scratch = own;
            }
            due = isCalibrationDue(end - from);
        } finally {
            lock.unlock();
        }
        if (scratch != null) {
            scratches.push(scratch);
        }
        if (due) {
            upkeep.run(this::calibrate);
        }
    }

    private void move(InvertedLists now, int n, int slot, float[] row, Scratch scratch) {
        int before = now.places().has(slot) ? now.places().list(slot) : -1;
        int number = scratch.arrivals.settle(now, n, slot, row, scratch);
        upkeep.look(now, number);
        if (before >= 0 && before != number) {
            upkeep.look(now, before);
        }
    }

    /** Once as many rows have come as there are, or half as many again as there were. */
    private boolean isCalibrationDue(int more) {
        written += more;
        if (!isTrained() || (written < rows.count() && rows.count() < counted + counted / 2)) {
            return false;
        }
        written = 0;
        counted = rows.count();
        return true;
    }

    private Scratch take(InvertedLists from) {
        Scratch scratch = scratches.poll();
        return scratch == null ? from.scratch() : scratch;
    }

    private ListTraining training() {
        return new ListTraining(similarity, dimension, settings.seed());
    }

    @Override
    InvertedLists made(int[] slots, float[][] vectors) {
        InvertedLists made = training().train(rows, slots, vectors);
        Upkeep.settle(made);
        return made;
    }

    @Override
    void follow(InvertedLists made, int slot, float @Nullable [] row) {
        if (row == null) {
            made.remove(slot);
        } else {
            Scratch scratch = take(made);
            scratch.arrivals.settle(made, 0, slot, row, scratch);
            scratches.push(scratch);
        }
    }

    @Override
    void adopted(InvertedLists adopted) {
        InvertedLists before = structure();
        if (before != null && !adopted.calibrations().isMeasured()) {
            adopted.calibrated(before.calibrations());
        }
        upkeep.begin(adopted);
        written = 0;
        counted = rows.count();
    }

    /** Measures anew how much effort a recall takes: by recent queries, or while there are few by stand-ins. */
    @Override
    public void calibrate() {
        InvertedLists now = structure();
        if (now != null && size() > 0) {
            float[][] queries = recent.all();
            now.calibrated(queries.length > 0 ? Calibrations.of(this, queries) : byStandIns());
        }
    }

    private Calibrations byStandIns() {
        float[][] queries = Calibration.standIns(rows, dimension, STAND_INS, settings.seed());
        return Calibrations.of(this, queries).doubted(Calibration.DOUBT);
    }

    @Override
    void removeFrom(InvertedLists now, int slot) {
        if (now.places().has(slot)) {
            int number = now.places().list(slot);
            now.remove(slot);
            upkeep.look(now, number);
        }
    }

    @Override
    String kind() {
        return "inverted lists";
    }

    @Override
    Writing writing(InvertedLists from) {
        return SavedLists.writing(from, rows);
    }

    @Override
    Making<InvertedLists> saved(StructureReader reader) throws IOException {
        SavedLists saved = SavedLists.read(reader, dimension);
        return (slots, vectors) -> saved.lists(training(), rows, slots, vectors);
    }

    @Override
    public Found search(float[] query, int k, Selection selection, float recall) {
        InvertedLists now = structure();
        int matching = selection.count();
        if (now == null || recall >= 1 || (matching >= 0 && matching <= Math.min(MATCHING, settings.exactBelow()))) {
            return exact(query, k, selection);
        }
        if (recent.add(query)) {
            upkeep.run(this::calibrate);
        }
        double matched = matching < 0 ? 1 : Math.min(1, (double) matching / Math.max(1, size()));
        return search(now, query, k, selection, share -> now.calibrations().effort(k, recall, matched * share));
    }

    /** By lists, if there are any, with an effort of the caller's choice. */
    public Found search(float[] query, int k, Selection selection, Effort effort) {
        InvertedLists now = structure();
        return now == null ? exact(query, k, selection) : search(now, query, k, selection, share -> effort);
    }

    private Found search(InvertedLists now, float[] query, int k, Selection selection, ListSearch.Efforts efforts) {
        Scratch scratch = take(now);
        boolean isSparse = selection.count() >= 0 && selection.count() < ListSearch.SPARSE * size();
        Found found = new ListSearch(now, rows, scratch, isSparse ? selection.bits() : Selection.NO_BITS)
                .search(similarity.placed(query), Math.min(k, Math.max(1, size())), selection, efforts);
        scratches.push(scratch);
        return found;
    }

    /** How many lists there are; 0 while every search is exact. */
    public int lists() {
        InvertedLists now = structure();
        return now == null ? 0 : now.directory().live();
    }

    @Override
    public IndexStatistics statistics() {
        InvertedLists now = structure();
        if (now == null) {
            return IndexStatistics.exact(size(), bytes());
        }
        Directory directory = now.directory();
        int[] lengths = IntStream.range(0, directory.end())
                .map(number -> length(directory.list(number)))
                .sorted()
                .toArray();
        TreeMap<String, Long> figures = new TreeMap<>();
        figures.put("lists", (long) directory.live());
        figures.put("rows in the longest list", (long) lengths[lengths.length - 1]);
        figures.put("lists to be mended", upkeep.waiting());
        String structure = directory.live() + " inverted lists of 4-bit codes, scored anew by floats";
        return new IndexStatistics(structure, size(), bytes(), figures);
    }

    private static int length(@Nullable PostingList list) {
        return list == null ? 0 : list.live();
    }

    @Override
    public long bytes() {
        InvertedLists now = structure();
        return rows.bytes(dimension) + (now == null ? 0 : now.bytes());
    }

    @Override
    public void close() {
        upkeep.close();
    }
}
