package dev.milvuso.benchmarks.ann;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import dev.milvuso.vector.index.Effort;
import dev.milvuso.vector.index.Found;
import dev.milvuso.vector.index.HnswIndex;
import dev.milvuso.vector.index.HnswSettings;
import dev.milvuso.vector.index.IvfIndex;
import dev.milvuso.vector.index.IvfSettings;
import dev.milvuso.vector.index.Selection;
import dev.milvuso.vector.index.Similarity;
import dev.milvuso.vector.index.VectorIndex;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The index at the other end of a pipe, so that {@code peers/index.py} can measure it in turn with others: one command
 * a line, one JSON document a line in answer. Arguments: folder, rows, dimension, similarity, queries, {@code ivf} or
 * {@code hnsw}. The vectors are read from {@code vectors.f32} and {@code queries.f32} of the folder, or drawn and
 * written there.
 */
public final class IndexSpeed {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int K = 10;
    private static final int CANDIDATES = 2 * K;
    private static final int EXACT_BELOW = 2048;
    /** As the peers are asked for. */
    private static final int LINKS = 16;

    private static final int BREADTH = 200;
    private static final long SEED = 1;

    private final Vectors rows;
    private final float[][] queries;
    private final Path folder;
    /** With fewer rows than so many a search is exact. */
    private final IntFunction<VectorIndex> making;

    private final VectorIndex index;
    private final Map<String, Selection> selections = new HashMap<>();
    private final Map<Selection, Found[]> truths = new HashMap<>();
    private final ExecutorService background = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "index-upkeep");
        thread.setDaemon(true);
        return thread;
    });

    private IndexSpeed(Path folder, Vectors rows, Vectors queries, Similarity similarity, String kind) {
        this.folder = folder;
        this.rows = rows;
        this.queries =
                IntStream.range(0, queries.count()).mapToObj(queries::row).toArray(float[][]::new);
        this.making = switch (kind) {
            case "ivf" ->
                exactBelow -> new IvfIndex(new IvfSettings(similarity, rows.dimension(), exactBelow, SEED), background);
            case "hnsw" ->
                exactBelow -> new HnswIndex(
                        new HnswSettings(similarity, rows.dimension(), LINKS, BREADTH, exactBelow, SEED), background);
            default -> throw new IllegalArgumentException("index " + kind + ": must be ivf or hnsw");
        };
        this.index = making.apply(EXACT_BELOW);
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Path.of(arguments[0]);
        int dimension = Integer.parseInt(arguments[2]);
        Factors factors = new Factors(dimension);
        Vectors rows = Vectors.kept(
                folder.resolve("vectors.f32"), dimension, () -> factors.items(Integer.parseInt(arguments[1]), 1));
        Vectors queries = Vectors.kept(
                folder.resolve("queries.f32"), dimension, () -> factors.users(Integer.parseInt(arguments[4]), 2));
        IndexSpeed speed = new IndexSpeed(folder, rows, queries, Similarity.valueOf(arguments[3]), arguments[5]);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(JSON.writeValueAsString(speed.answer(line.split(" ", -1))));
        }
    }

    private ObjectNode answer(String[] words) throws IOException, InterruptedException {
        return switch (words[0]) {
            case "build" -> build();
            case "search" -> search(Float.parseFloat(words[1]), Selection.ALL);
            case "aim" -> aimed(Float.parseFloat(words[1]), Selection.ALL);
            case "filter" ->
                aimed(
                        Float.parseFloat(words[1]),
                        selections.computeIfAbsent(words[2], share -> keeping(Double.parseDouble(share))));
            case "exclude" ->
                aimed(
                        Float.parseFloat(words[1]),
                        selections.computeIfAbsent(words[0], any -> Selection.ALL.without(excluded()::get)));
            case "reopen" -> reopen();
            case "motion" -> {
                truths.clear();
                yield new Motion(index, rows, queries, K).measure(Double.parseDouble(words[1]));
            }
            default -> throw new IllegalArgumentException("command " + words[0]);
        };
    }

    private ObjectNode build() {
        long cpu = processCpu();
        long begin = System.nanoTime();
        index.load(rows.count(), rows::row);
        return JSON.createObjectNode()
                .put("build_cpu_seconds", (processCpu() - cpu) / 1e9)
                .put("build_seconds", (System.nanoTime() - begin) / 1e9)
                .put("structure", index.statistics().structure())
                .put("bytes_by_raw", index.bytes() / (4.0 * rows.count() * rows.dimension()));
    }

    /** What it takes to have the index again of its rows and its structure in a file. */
    private ObjectNode reopen() throws IOException {
        Path file = folder.resolve("structure");
        long begin = System.nanoTime();
        try (OutputStream out = Files.newOutputStream(file)) {
            index.save(out);
        }
        long saved = System.nanoTime();
        long cpu = processCpu();
        try (VectorIndex opened = making.apply(Integer.MAX_VALUE);
                InputStream in = Files.newInputStream(file)) {
            for (int slot = 0; slot < rows.count(); slot++) {
                opened.put(slot, rows.row(slot));
            }
            opened.restore(in);
        }
        return JSON.createObjectNode()
                .put("save_seconds", (saved - begin) / 1e9)
                .put("file_bytes", Files.size(file))
                .put("reopen_seconds", (System.nanoTime() - saved) / 1e9)
                .put("reopen_cpu_seconds", (processCpu() - cpu) / 1e9);
    }

    private static long processCpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private interface Search {
        Found of(float[] query);
    }

    /** @param reach or a graph's breadth */
    private ObjectNode search(float reach, Selection selection) {
        if (index instanceof HnswIndex graph) {
            return measured(selection, query -> graph.search(query, K, selection, (int) reach));
        }
        Effort effort = new Effort(reach, CANDIDATES);
        return measured(selection, query -> ((IvfIndex) index).search(query, K, selection, effort));
    }

    private ObjectNode aimed(float recall, Selection selection) {
        return measured(selection, query -> index.search(query, K, selection, recall));
    }

    /** Single-threaded. */
    private ObjectNode measured(Selection selection, Search search) {
        Found[] found = new Found[queries.length];
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        for (int i = 0; i < queries.length; i++) {
            found[i] = search.of(queries[i]);
        }
        double seconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1e9;
        Found[] truth = truths.computeIfAbsent(selection, this::truth);
        double recall = IntStream.range(0, truth.length)
                .mapToDouble(i -> recall(found[i], truth[i]))
                .average()
                .orElse(0);
        return JSON.createObjectNode()
                .put("queries_per_cpu_second", queries.length / seconds)
                .put("recall", recall);
    }

    private Found[] truth(Selection selection) {
        return IntStream.range(0, Math.min(queries.length, 500))
                .parallel()
                .mapToObj(i -> index.exact(queries[i], K, selection))
                .toArray(Found[]::new);
    }

    static double recall(Found found, Found truth) {
        float least = truth.scores()[truth.scores().length - 1];
        return IntStream.range(0, found.scores().length)
                        .filter(i -> found.scores()[i] >= least)
                        .count()
                / (double) truth.scores().length;
    }

    private Selection keeping(double share) {
        SplittableRandom random = new SplittableRandom(7);
        BitSet kept = new BitSet();
        IntStream.range(0, rows.count())
                .filter(slot -> random.nextDouble() < share)
                .forEach(kept::set);
        return Selection.of(kept);
    }

    /** The 200 that would be found first, by the first query. */
    private BitSet excluded() {
        BitSet excluded = new BitSet();
        Arrays.stream(index.exact(queries[0], 200, Selection.ALL).slots()).forEach(excluded::set);
        return excluded;
    }
}
