package dev.milvuso.vector.embedded;

import dev.milvuso.vector.IndexDescription;
import dev.milvuso.vector.IndexSpec;
import dev.milvuso.vector.SearchParameters;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorField;
import dev.milvuso.vector.index.Found;
import dev.milvuso.vector.index.HnswIndex;
import dev.milvuso.vector.index.Selection;
import dev.milvuso.vector.index.VectorIndex;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Vectors of floats, rounded to what their precision holds, in an index whose structure is made in the background once
 * there are many. Where another kind of index is asked for, it is made beside the one there is, which is searched until
 * then.
 */
final class DenseColumn implements VectorColumn {
    private static final Logger LOG = LoggerFactory.getLogger(DenseColumn.class);

    private static final long ALL = Long.MAX_VALUE / 2;
    /** Rows that are selected, of which none is missed by scoring them all, whatever breadth was asked for. */
    private static final int FEW = 2048;
    /** As many times as many rows as lists were made of are worth making them anew. */
    private static final long GROWTH = 2;

    private final VectorField.Type.Dense type;
    private final IndexWork work;
    private VectorIndex index;
    /** Of another kind, that is being made. */
    private @Nullable VectorIndex next;

    private int limit;
    private WantedStructure wanted = new WantedStructure.Lists();
    private boolean training;
    /** Rows that the structure was made of. */
    private int madeOf;
    /** Rows that have changed since the structure was saved; all of them where it never was. */
    private final AtomicLong unsaved = new AtomicLong(ALL);

    private @Nullable String failure;

    DenseColumn(VectorField.Type.Dense type, IndexWork work) {
        this.type = type;
        this.work = work;
        this.index = wanted.index(type, work.background());
    }

    @Override
    public void putAll(int[] slots, Vector[] vectors) {
        float[][] rows = new float[slots.length][];
        for (int i = 0; i < slots.length; i++) {
            rows[i] = rounded(((Vector.Dense) vectors[i]).numbers());
            limit = Math.max(limit, slots[i] + 1);
        }
        unsaved.addAndGet(slots.length);
        index.putAll(slots, rows);
        if (next != null) {
            next.putAll(slots, rows);
        }
    }

    @Override
    public void remove(int slot) {
        unsaved.incrementAndGet();
        index.remove(slot);
        if (next != null) {
            next.remove(slot);
        }
    }

    private float[] rounded(float[] numbers) {
        if (type.precision() == VectorField.Precision.FLOAT32) {
            return numbers;
        }
        boolean half = type.precision() == VectorField.Precision.FLOAT16;
        float[] rounded = new float[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            rounded[i] = half ? ShortFloats.half(numbers[i]) : ShortFloats.brain(numbers[i]);
        }
        return rounded;
    }

    private float[] row(int slot) {
        return Objects.requireNonNull(index.get(slot), "vector");
    }

    @Override
    public Vector at(int slot) {
        return Vector.of(row(slot));
    }

    @Override
    public long bytes() {
        return index.bytes() + (next == null ? 0 : next.bytes());
    }

    @Override
    public Scorer scorer(Vector vector) {
        float[] query = rounded(((Vector.Dense) vector).numbers());
        return switch (type.metric()) {
            case INNER_PRODUCT -> slot -> Kernels.dot(query, row(slot));
            case COSINE -> {
                float square = Kernels.dot(query, query);
                yield slot -> cosine(query, square, row(slot));
            }
            case MANHATTAN -> (Distance) slot -> -Kernels.distance(query, row(slot));
            case EUCLIDEAN -> (Distance) slot -> -Kernels.squaredDistance(query, row(slot));
        };
    }

    private static float cosine(float[] query, float square, float[] row) {
        double product = Math.sqrt((double) square * Kernels.dot(row, row));
        return product == 0 ? 0 : (float) (Kernels.dot(query, row) / product);
    }

    /**
     * @param query checked against the field
     * @return the nearest k or fewer
     */
    Found nearest(Vector query, int k, Selection selection, SearchParameters parameters) {
        float[] numbers = rounded(((Vector.Dense) query).numbers());
        boolean isBroad = selection.count() < 0 || selection.count() > FEW;
        if (parameters.ef().isPresent() && isBroad && index instanceof HnswIndex graph) {
            return graph.search(numbers, k, selection, parameters.ef().get());
        }
        return index.search(numbers, k, selection, parameters.recall().orElse(SearchParameters.RECALL));
    }

    /** Why a search of a range of rows is what it is. */
    String why(SearchParameters parameters, boolean isOfFew) {
        String structure = index.statistics().structure();
        if (!index.isTrained()) {
            return structure + ": there is no other structure of " + index.size() + " rows";
        }
        if (isExact(parameters, isOfFew)) {
            return "an exact scan of the rows selected, beside " + structure
                    + (isOfFew ? ": they are few" : ": a recall of 1 was asked for");
        }
        return structure + ", for "
                + parameters
                        .ef()
                        .filter(ef -> index instanceof HnswIndex)
                        .map(ef -> "a breadth of " + ef)
                        .orElseGet(() -> "a recall of " + parameters.recall().orElse(SearchParameters.RECALL));
    }

    /** @param isOfFew whether the rows were scored one and all since they were few */
    boolean isExact(SearchParameters parameters, boolean isOfFew) {
        boolean isWalked = parameters.ef().isPresent() && index instanceof HnswIndex;
        return !index.isTrained()
                || isOfFew
                || (!isWalked && parameters.recall().orElse(SearchParameters.RECALL) >= 1);
    }

    @Override
    public void index(Optional<IndexSpec> spec) {
        wanted = WantedStructure.of(spec);
        failure = null;
        if (wanted instanceof WantedStructure.Scan) {
            index.forget();
        }
    }

    /** Begins to make the structure if there are enough rows and none yet, or one of far fewer. */
    void makeStructureIfWorthIt() {
        if (failure == null && !(index.isTrained() && wanted.fits(index, type) && !hasOutgrownLists())) {
            makeStructure();
        }
    }

    /** Lists that have only been divided read twice as many rows for the same recall as those that are made anew. */
    private boolean hasOutgrownLists() {
        return wanted instanceof WantedStructure.Lists && index.size() >= GROWTH * madeOf;
    }

    /** Begins to make a structure of the rows that there are now, in place of another. */
    void makeStructure() {
        if (!training && isWanted()) {
            training = true;
            VectorIndex target = wanted.fits(index, type) ? index : another();
            madeOf = index.size();
            work.background().execute(() -> train(target));
        }
    }

    private boolean isWanted() {
        return !(wanted instanceof WantedStructure.Scan) && index.size() >= work.exactBelow();
    }

    private VectorIndex another() {
        VectorIndex made = wanted.index(type, work.background());
        for (int slot = 0; slot < limit; slot++) {
            float[] row = index.get(slot);
            if (row != null) {
                made.put(slot, row);
            }
        }
        next = made;
        return made;
    }

    private void train(VectorIndex target) {
        String problem = null;
        try {
            target.train();
        } catch (RuntimeException | OutOfMemoryError e) {
            LOG.error("the index of a vector field cannot be made: its searches stay as they are", e);
            problem = e.toString();
        } finally {
            String what = problem;
            work.exclusively().accept(() -> trained(target, what));
            work.made().run();
        }
    }

    /** Unless something else has been asked for meanwhile, which is then made. */
    private void trained(VectorIndex target, @Nullable String problem) {
        training = false;
        next = null;
        failure = problem;
        if (problem == null && target != index && wanted.fits(target, type)) {
            index.close();
            index = target;
        } else if (target != index) {
            target.close();
        }
        if (wanted instanceof WantedStructure.Scan) {
            index.forget();
        }
        unsaved.set(ALL);
        makeStructureIfWorthIt();
    }

    /** How many rows may be otherwise than when a structure was saved, for it to be worth using. */
    long changesBearable() {
        return index.size() / 5;
    }

    /** Whether so many rows have changed since the structure was saved that it should be saved again. */
    boolean isSaveDue(boolean soon) {
        return index.isTrained() && wanted.fits(index, type) && unsaved.get() > (soon ? 0 : changesBearable() / 2);
    }

    /** What was saved is worth nothing any more. */
    void unsave() {
        unsaved.set(ALL);
    }

    /** Others write meanwhile. */
    void save(OutputStream to) throws IOException {
        unsaved.set(0);
        index.save(to);
    }

    /**
     * Takes on a structure that was saved.
     *
     * @throws IOException saying why it cannot be used; the column stays as it was
     */
    void restore(InputStream from) throws IOException {
        if (wanted instanceof WantedStructure.Scan) {
            throw new IOException("the field has no such index");
        }
        VectorIndex target = wanted.fits(index, type) ? index : another();
        next = null;
        target.restore(from);
        if (target != index) {
            index.close();
            index = target;
        }
        madeOf = index.size();
        unsaved.set(0);
    }

    @Override
    public IndexState indexState(IndexSpec spec, int rows) {
        boolean isMade = index.isTrained() && wanted.fits(index, type);
        boolean isDue = failure == null && isWanted() && !isMade;
        IndexDescription.State state = failure != null
                ? IndexDescription.State.FAILED
                : training || isDue ? IndexDescription.State.BUILDING : IndexDescription.State.READY;
        long waiting = isDue && !index.isTrained() ? rows : 0;
        return new IndexState(structure(spec), state, rows - waiting, waiting, Optional.ofNullable(failure));
    }

    private String structure(IndexSpec spec) {
        if (wanted instanceof WantedStructure.Scan) {
            return "an exact scan";
        }
        boolean isInstead = wanted instanceof WantedStructure.Lists && !(spec instanceof IndexSpec.AutoIndex);
        String instead = isInstead ? ", in place of " + spec.type() : "";
        String now = index.statistics().structure();
        if (index.isTrained()) {
            return wanted.fits(index, type) ? now + instead : now + ", until there is " + wanted.sentence();
        }
        return now + ", and " + wanted.sentence() + " from " + work.exactBelow() + " rows on" + instead;
    }

    /** Ends what goes on in the background. */
    void close() {
        index.close();
        if (next != null) {
            next.close();
        }
    }
}
