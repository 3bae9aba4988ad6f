package dev.milvuso.vector.advice;

import dev.milvuso.vector.IndexSpec;
import dev.milvuso.vector.SearchParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Proposes an index by rules of thumb: exact while that is quick, a graph where memory allows, codes where it does not,
 * the disk when not even codes fit. A measurement with one's own vectors knows better.
 */
public final class IndexAdviser {
    /** Up to so many rows a scan takes less than a millisecond or two. */
    private static final long FEW = 16_384;

    /** Lists of so many rows at least are worth a centre. */
    private static final int ROWS_A_LIST = 39;

    private static final int MOST_LISTS = 65_536;
    private static final double HIGH = 0.98;

    /** What a row takes in the embedded engine besides its floats: key, slot and half a byte a number. */
    private static final int EMBEDDED_OVERHEAD = 200;

    private final List<String> reasons = new ArrayList<>();
    private final Workload workload;
    private final long floats;

    private IndexAdviser(Workload workload) {
        this.workload = workload;
        this.floats = Math.multiplyExact(workload.rows(), 4L * workload.dimension());
    }

    /** @throws IllegalArgumentException saying what would fit, if nothing that the store has does */
    public static IndexAdvice advise(Workload workload) {
        return new IndexAdviser(workload).advise();
    }

    private IndexAdvice advise() {
        if (workload.recall() == 1) {
            reasons.add("A recall of 1 is had by scoring every row alone.");
            return exact();
        }
        if (workload.rows() <= FEW) {
            reasons.add("Of " + workload.rows() + " rows a scan is as quick as any index, and exact.");
            return exact();
        }
        return workload.store() == Workload.Store.EMBEDDED ? embedded() : milvus();
    }

    private IndexAdvice exact() {
        return fitting(new IndexSpec.Flat(), SearchParameters.NONE, floats + overhead());
    }

    private long overhead() {
        return workload.store() == Workload.Store.EMBEDDED ? workload.rows() * EMBEDDED_OVERHEAD : 0;
    }

    private IndexAdvice embedded() {
        reasons.add(
                "The embedded engine has inverted lists of 4-bit codes, which take the recall as their aim and follow "
                        + "rows that move.");
        long codes = workload.rows() * workload.dimension() / 2;
        return fitting(
                new IndexSpec.AutoIndex(),
                SearchParameters.NONE.withRecall((float) workload.recall()),
                floats + codes + overhead());
    }

    private IndexAdvice milvus() {
        int degree = workload.recall() >= HIGH ? 32 : 16;
        long graph = floats + workload.rows() * 2 * degree * 4L * 5 / 4;
        if (graph <= workload.memory()) {
            reasons.add("The vectors and a graph fit into memory, and a graph gives the most recall for the time.");
            reasons.add("M " + degree
                    + (degree == 32
                            ? ": a recall of 0.98 or more asks for more neighbours."
                            : " does up to a recall of 0.98."));
            int ef = ef();
            reasons.add("ef " + ef + " is where graphs of such degree commonly reach " + shown() + ".");
            return fitting(new IndexSpec.Hnsw(degree, 200), SearchParameters.NONE.withEf(ef), graph);
        }
        reasons.add("A graph would take " + mebibytes(graph) + ", which is beyond the memory given.");
        return lists();
    }

    private IndexAdvice lists() {
        int lists = (int) Math.max(
                1, Math.min(MOST_LISTS, Math.min(workload.rows() / ROWS_A_LIST, lists(workload.rows()))));
        int probes = probes(lists);
        String why = lists + " lists, four times the root of the rows, of which " + probes + " commonly hold " + shown()
                + ".";
        SearchParameters parameters = SearchParameters.NONE.withProbes(probes);
        long centres = 4L * lists * workload.dimension();
        if (floats + centres <= workload.memory()) {
            reasons.add("Lists of the vectors themselves fit.");
            reasons.add(why);
            return fitting(new IndexSpec.IvfFlat(lists), parameters, floats + centres);
        }
        long bytes = workload.rows() * workload.dimension() + centres;
        if (bytes <= workload.memory() && workload.recall() < HIGH) {
            reasons.add("Lists with a byte a number fit, which lose a percent or two.");
            reasons.add(why);
            return fitting(new IndexSpec.IvfSq8(lists), parameters, bytes);
        }
        int parts = parts();
        long codes = workload.rows() * parts + centres;
        if (codes <= workload.memory() && workload.recall() <= 0.9) {
            reasons.add("Only codes of " + parts + " bytes a vector fit, which cost much of the recall.");
            reasons.add(why);
            return fitting(new IndexSpec.IvfPq(lists, parts, 8), parameters, codes);
        }
        reasons.add(
                "What fits into memory does not reach " + shown() + ": the graph goes to disk, with codes in memory.");
        int list = Math.max(100, ef());
        return fitting(new IndexSpec.DiskAnn(), parametersOfDisk(list), workload.rows() * parts);
    }

    private static SearchParameters parametersOfDisk(int list) {
        return SearchParameters.NONE.withSearchList(list);
    }

    private static long lists(long rows) {
        return Math.round(4 * Math.sqrt((double) rows));
    }

    /** The largest up to a quarter of the dimension that divides it. */
    private int parts() {
        int parts = Math.max(1, workload.dimension() / 4);
        while (workload.dimension() % parts != 0) {
            parts--;
        }
        return parts;
    }

    private int ef() {
        double recall = workload.recall();
        return recall >= 0.99 ? 256 : recall >= HIGH ? 128 : recall >= 0.95 ? 64 : 32;
    }

    private int probes(int lists) {
        double recall = workload.recall();
        double share = recall >= 0.99 ? 0.08 : recall >= HIGH ? 0.05 : recall >= 0.95 ? 0.03 : 0.015;
        return (int) Math.max(1, Math.ceil(share * lists));
    }

    private String shown() {
        return String.format(Locale.ROOT, "a recall of %s", workload.recall());
    }

    private static String mebibytes(long bytes) {
        return (bytes >> 20) + " MiB";
    }

    private IndexAdvice fitting(IndexSpec spec, SearchParameters parameters, long bytes) {
        if (bytes > workload.memory()) {
            throw new IllegalArgumentException("memory is " + mebibytes(workload.memory()) + ": " + spec.type() + " of "
                    + workload.rows() + " rows of " + workload.dimension() + " numbers takes " + mebibytes(bytes));
        }
        return new IndexAdvice(spec, parameters, bytes, reasons);
    }
}
