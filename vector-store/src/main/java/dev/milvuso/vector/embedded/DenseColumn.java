package dev.milvuso.vector.embedded;

import dev.milvuso.vector.IndexDescription;
import dev.milvuso.vector.IndexSpec;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorField;
import dev.milvuso.vector.index.Found;
import dev.milvuso.vector.index.IvfIndex;
import dev.milvuso.vector.index.IvfSettings;
import dev.milvuso.vector.index.Selection;
import dev.milvuso.vector.index.Similarity;
import dev.milvuso.vector.index.TopScores;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Vectors of floats, rounded to what their precision holds, in an index that has lists once there are many. While lists
 * are made in the background the index takes no writes; those wait here, where searches see them.
 */
final class DenseColumn implements VectorColumn {
    private static final Logger LOG = LoggerFactory.getLogger(DenseColumn.class);

    /** Writes that are taken up while everybody else waits. */
    private static final int AT_ONCE = 256;

    private static final float[] REMOVED = {};

    private final VectorField.Type.Dense type;
    private final IndexWork work;
    private final Map<Integer, float[]> pending = new HashMap<>();
    private IvfIndex index;
    private int limit;
    private boolean listsWanted = true;
    private boolean training;
    private @Nullable String failure;

    DenseColumn(VectorField.Type.Dense type, IndexWork work) {
        this.type = type;
        this.work = work;
        this.index = fresh();
    }

    /** One that has lists only when it is told to, since it makes them in the calling thread. */
    private IvfIndex fresh() {
        IvfSettings settings = new IvfSettings(similarity(), type.dimension(), Integer.MAX_VALUE, 1);
        return new IvfIndex(settings, work.background());
    }

    private Similarity similarity() {
        return switch (type.metric()) {
            case INNER_PRODUCT -> Similarity.INNER_PRODUCT;
            case COSINE -> Similarity.COSINE;
            case EUCLIDEAN -> Similarity.EUCLIDEAN;
        };
    }

    @Override
    public void put(int slot, Vector vector) {
        float[] numbers = rounded(((Vector.Dense) vector).numbers());
        limit = Math.max(limit, slot + 1);
        if (training) {
            pending.put(slot, numbers);
        } else {
            index.put(slot, numbers);
        }
    }

    @Override
    public void remove(int slot) {
        if (training) {
            pending.put(slot, REMOVED);
        } else {
            index.remove(slot);
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
        float[] waiting = pending.get(slot);
        return waiting == null ? Objects.requireNonNull(index.get(slot), "vector") : waiting;
    }

    @Override
    public Vector at(int slot) {
        return Vector.of(row(slot));
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
            case EUCLIDEAN -> (Distance) slot -> -Kernels.squaredDistance(query, row(slot));
        };
    }

    private static float cosine(float[] query, float square, float[] row) {
        double product = Math.sqrt((double) square * Kernels.dot(row, row));
        return product == 0 ? 0 : (float) (Kernels.dot(query, row) / product);
    }

    /**
     * @param query checked against the field
     * @param recall that is aimed at; 1 is exact
     * @return the nearest k or fewer
     */
    Found nearest(Vector query, int k, Selection selection, float recall) {
        float[] numbers = rounded(((Vector.Dense) query).numbers());
        if (pending.isEmpty()) {
            return index.search(numbers, k, selection, recall);
        }
        BitSet waiting = new BitSet();
        pending.keySet().forEach(waiting::set);
        Found found = index.search(numbers, k, selection.without(waiting), recall);
        TopScores best = new TopScores(k);
        for (int i = 0; i < found.slots().length; i++) {
            best.offer(found.slots()[i], found.scores()[i]);
        }
        Scorer scorer = scorer(query);
        pending.forEach((slot, row) -> {
            if (row != REMOVED && selection.contains(slot)) {
                best.offer(slot, scorer.score(slot));
            }
        });
        return best.drain();
    }

    @Override
    public void index(Optional<IndexSpec> spec) {
        listsWanted = spec.isPresent() && !(spec.get() instanceof IndexSpec.Flat);
        if (!training && !listsWanted && index.lists() > 0) {
            forgetLists();
        }
    }

    private void forgetLists() {
        IvfIndex before = index;
        IvfIndex after = fresh();
        for (int slot = 0; slot < limit; slot++) {
            float[] row = before.get(slot);
            if (row != null) {
                after.put(slot, row);
            }
        }
        before.close();
        index = after;
    }

    /** Begins to make lists if there are enough rows and none yet. */
    void makeListsIfWorthIt() {
        if (index.lists() == 0 && failure == null) {
            makeLists();
        }
    }

    /** Begins to make lists of the rows that there are now, in place of others. */
    void makeLists() {
        if (listsWanted && !training && index.size() >= work.exactBelow()) {
            training = true;
            IvfIndex trained = index;
            work.background().execute(() -> train(trained));
        }
    }

    private void train(IvfIndex trained) {
        String problem = null;
        try {
            trained.train();
        } catch (RuntimeException | OutOfMemoryError e) {
            LOG.error("the lists of a vector field cannot be made: its searches stay exact", e);
            problem = e.toString();
        } finally {
            String what = problem;
            work.exclusively().accept(() -> failure = what);
            takeUpPending();
        }
    }

    private void takeUpPending() {
        while (training) {
            work.exclusively().accept(() -> {
                var waiting = pending.entrySet().iterator();
                for (int i = 0; i < AT_ONCE && waiting.hasNext(); i++) {
                    Map.Entry<Integer, float[]> write = waiting.next();
                    takeUp(write.getKey(), write.getValue());
                    waiting.remove();
                }
                if (pending.isEmpty()) {
                    training = false;
                    if (!listsWanted) {
                        forgetLists();
                    }
                }
            });
        }
    }

    private void takeUp(int slot, float[] row) {
        if (row == REMOVED) {
            index.remove(slot);
        } else {
            index.put(slot, row);
        }
    }

    @Override
    public IndexState indexState(IndexSpec spec, int rows) {
        boolean isDue = listsWanted && failure == null && index.lists() == 0 && index.size() >= work.exactBelow();
        IndexDescription.State state = failure != null
                ? IndexDescription.State.FAILED
                : training || isDue ? IndexDescription.State.BUILDING : IndexDescription.State.READY;
        long waiting = index.lists() > 0 || !isDue ? pending.size() : rows;
        return new IndexState(
                structure(spec), state, rows - Math.min(rows, waiting), waiting, Optional.ofNullable(failure));
    }

    private String structure(IndexSpec spec) {
        if (!listsWanted) {
            return "an exact scan";
        }
        String instead = spec instanceof IndexSpec.AutoIndex ? "" : ", in place of " + spec.type();
        return index.lists() > 0
                ? index.lists() + " inverted lists of 4-bit codes, scored anew by floats" + instead
                : "an exact scan, and inverted lists from " + work.exactBelow() + " rows on" + instead;
    }

    /** Ends what goes on in the background. */
    void close() {
        index.close();
    }
}
