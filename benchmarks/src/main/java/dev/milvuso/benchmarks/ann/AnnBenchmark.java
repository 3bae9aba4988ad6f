package dev.milvuso.benchmarks.ann;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.milvuso.benchmarks.process.Child;
import dev.milvuso.standalone.bench.Benchmark;
import dev.milvuso.standalone.bench.Parameter;
import dev.milvuso.standalone.bench.Session;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.embedded.EmbeddedVectorStore;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Search in the embedded store by cosine, one query after the other, beside hnswlib on the same vectors and queries.
 * The store is exact; hnswlib is taken where its recall is at least 0.95.
 */
public final class AnnBenchmark implements Benchmark {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String COLLECTION = "vectors";
    /** A search is all in the thread that asks. */
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private static final int AT_ONCE = 10_000;

    @Override
    public String name() {
        return "ann";
    }

    @Override
    public String description() {
        return "Queries a CPU-second and recall of the embedded vector store, beside hnswlib.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.number("vectors", 100_000, "vectors that are searched", 1000, 10_000_000),
                Parameter.number("dimension", 64, "numbers in a vector", 2, 4096),
                Parameter.number("queries", 500, "queries, after as many of warming up", 1, 1_000_000),
                Parameter.number("k", 10, "hits of a query", 1, 1000));
    }

    @Override
    public List<ObjectNode> measure(Session session) throws IOException, InterruptedException {
        session.config(List.of());
        Vectors vectors = Vectors.drawn(session.number("vectors"), session.number("dimension"), 1);
        Vectors queries = Vectors.drawn(session.number("queries"), session.number("dimension"), 2);
        ObjectNode ours = ours(session, vectors, queries);
        try {
            ObjectNode peer = hnswlib(session, vectors, queries);
            ours.put("ratio_to_hnswlib", rate(ours) / rate(peer));
            return List.of(ours, peer);
        } catch (IOException e) {
            if (session.isClosed()) {
                throw e;
            }
            String reason = "hnswlib could not be measured: " + e.getMessage();
            return List.of(ours, JSON.createObjectNode().put("name", "hnswlib").put("fault", reason));
        }
    }

    private static double rate(JsonNode row) {
        return row.get("queries_per_cpu_second").doubleValue();
    }

    private static ObjectNode ours(Session session, Vectors vectors, Vectors queries) {
        int k = session.number("k");
        EmbeddedVectorStore store = session.opened(EmbeddedVectorStore.inMemory());
        fill(store, vectors);
        session.say("%d vectors are in the store", vectors.count());
        search(store, queries, k);
        long started = System.nanoTime();
        long cpu = CPU.getCurrentThreadCpuTime();
        List<List<Hit>> found = search(store, queries, k);
        double cpuSeconds = (CPU.getCurrentThreadCpuTime() - cpu) / 1e9;
        double seconds = (System.nanoTime() - started) / 1e9;
        session.say("%d queries took %.1f s", queries.count(), seconds);
        return JSON.createObjectNode()
                .put("name", "embedded store, exact")
                .put("vectors", vectors.count())
                .put("dimension", vectors.dimension())
                .put("queries_per_cpu_second", queries.count() / cpuSeconds)
                .put("queries_per_second", queries.count() / seconds)
                .put("recall", recall(vectors, queries, found, k));
    }

    private static void fill(EmbeddedVectorStore store, Vectors vectors) {
        store.create(new CollectionSchema(COLLECTION, vectors.dimension(), Metric.COSINE, List.of()));
        for (int begin = 0; begin < vectors.count(); begin += AT_ONCE) {
            store.upsert(
                    COLLECTION,
                    IntStream.range(begin, Math.min(vectors.count(), begin + AT_ONCE))
                            .mapToObj(i -> new Entity(String.valueOf(i), vectors.row(i), Map.of()))
                            .toList());
        }
    }

    private static List<List<Hit>> search(EmbeddedVectorStore store, Vectors queries, int k) {
        return IntStream.range(0, queries.count())
                .mapToObj(i -> store.search(COLLECTION, SearchRequest.nearest(queries.row(i), k)))
                .toList();
    }

    /** Share of the true k nearest, by a cosine in double precision, that were found. */
    private static double recall(Vectors vectors, Vectors queries, List<List<Hit>> found, int k) {
        return IntStream.range(0, queries.count())
                .parallel()
                .mapToDouble(i -> {
                    double[] cosines = vectors.cosines(queries.row(i));
                    double[] sorted = cosines.clone();
                    Arrays.sort(sorted);
                    double least = sorted[Math.max(0, sorted.length - k)];
                    long right = found.get(i).stream()
                            .filter(hit -> cosines[Integer.parseInt(hit.id())] >= least)
                            .count();
                    return right / (double) Math.min(k, sorted.length);
                })
                .average()
                .orElse(0);
    }

    private static ObjectNode hnswlib(Session session, Vectors vectors, Vectors queries)
            throws IOException, InterruptedException {
        Path base = vectors.write(session.directory().resolve("vectors.f32"));
        Path asked = queries.write(session.directory().resolve("queries.f32"));
        Path script = Path.of(System.getProperty("milvuso.home", "."), "benchmarks", "peers", "ann.sh");
        String out = Child.run(
                session,
                Map.of(),
                List.of(
                        script.toString(),
                        base.toString(),
                        asked.toString(),
                        String.valueOf(vectors.dimension()),
                        session.text("k")));
        return (ObjectNode) JSON.readTree(out);
    }
}
