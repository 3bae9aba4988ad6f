package dev.milvuso.benchmarks.milvus;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.milvuso.benchmarks.process.Quantiles;
import dev.milvuso.config.MilvusConfig;
import dev.milvuso.standalone.bench.Benchmark;
import dev.milvuso.standalone.bench.Parameter;
import dev.milvuso.standalone.bench.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The adapter beside the SDK alone on the server that {@code --set milvus.uri=…} names: the same work in turns,
 * medians.
 */
public final class MilvusBenchmark implements Benchmark {
    private static final int[] BATCHES = {1000, 5000, 10_000, 20_000, 50_000};
    private static final int ROWS_A_CALL = 1000;
    private static final int KEYS_A_CALL = 100;
    private static final int K = 10;

    @Override
    public String name() {
        return "milvus";
    }

    @Override
    public String description() {
        return "Time of inserts, searches and deletes of the adapter for Milvus, beside its SDK alone, on a given server.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.number(
                        "rows",
                        100_000,
                        "rows of a bulk insert, and of the collection that is searched",
                        1000,
                        10_000_000),
                Parameter.number("dimension", 64, "numbers in a vector", 2, 4096),
                Parameter.number(
                        "rounds",
                        60,
                        "inserts of each side, after as many of warming up; twenty times as many searches and deletes",
                        1,
                        10_000),
                Parameter.number(
                        "bulks",
                        3,
                        "rounds of bulk inserts, each with every size of the SDK's calls; 0 leaves them out",
                        0,
                        100));
    }

    @Override
    public List<ObjectNode> measure(Session session) {
        MilvusConfig config = session.config(List.of("milvus.backend=milvus")).milvus();
        int dimension = session.number("dimension");
        int rounds = session.number("rounds");
        List<float[]> vectors = vectors(session.number("rows"), dimension);
        List<ObjectNode> rows = new ArrayList<>();
        if (session.number("bulks") > 0) {
            rows.add(bulk(
                    session,
                    session.opened(new SdkSide(config, "bench_sdk", dimension)),
                    session.opened(new AdapterSide(config, "bench_adapter", dimension)),
                    vectors));
        }
        // What is searched is one collection: two of the same rows take as long only by chance.
        Side sdk = session.opened(new SdkSide(config, "bench_both", dimension));
        Side adapter = session.opened(new AdapterSide(config, "bench_both", dimension));
        Comparison comparison =
                new Comparison(sdk, adapter, session.opened(new SdkSide(config, "bench_both", dimension)));
        session.say("inserting %d times, searching and deleting %d times", rounds, 20 * rounds);
        sdk.empty();
        rows.add(comparison.of(
                "insert",
                rounds,
                (side, round, turn) -> side.insert((long) turn * ROWS_A_CALL, few(vectors, turn), ROWS_A_CALL)));
        sdk.empty();
        adapter.insert(0, vectors, 0);
        rows.add(comparison.of(
                "search", 20 * rounds, (side, round, turn) -> side.search(vectors.get(round % vectors.size()), K)));
        rows.add(comparison.of(
                "delete",
                20 * rounds,
                (side, round, turn) -> side.delete(LongStream.range(0, KEYS_A_CALL)
                        .map(i -> (long) turn * KEYS_A_CALL + i)
                        .boxed()
                        .toList())));
        return rows;
    }

    private static List<float[]> vectors(int count, int dimension) {
        Random random = new Random(1);
        List<float[]> vectors = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] vector = new float[dimension];
            for (int j = 0; j < dimension; j++) {
                vector[j] = (float) random.nextGaussian();
            }
            vectors.add(vector);
        }
        return vectors;
    }

    private static List<float[]> few(List<float[]> vectors, int turn) {
        int from = (int) ((long) turn * ROWS_A_CALL % (vectors.size() - ROWS_A_CALL + 1));
        return vectors.subList(from, from + ROWS_A_CALL);
    }

    /**
     * The adapter chooses its calls; the SDK has each size of them, and its best counts. A run of the one follows each
     * of the other, so that both are as warm; the first round warms up.
     */
    private static ObjectNode bulk(Session session, Side sdk, Side adapter, List<float[]> vectors) {
        List<List<Double>> bySize = IntStream.range(0, BATCHES.length)
                .<List<Double>>mapToObj(size -> new ArrayList<>())
                .toList();
        List<Double> ours = new ArrayList<>();
        for (int round = 0; round <= session.number("bulks"); round++) {
            session.say(round == 0 ? "bulk inserts: warming up" : "bulk inserts: round %d", round);
            for (int i = 0; i < BATCHES.length; i++) {
                boolean first = (round + i) % 2 == 0;
                double before = first ? bulk(adapter, vectors, 0) : 0;
                double theirs = bulk(sdk, vectors, BATCHES[i]);
                double own = first ? before : bulk(adapter, vectors, 0);
                if (round > 0) {
                    bySize.get(i).add(theirs);
                    ours.add(own);
                }
            }
        }
        int best = 0;
        for (int i = 1; i < BATCHES.length; i++) {
            best = Quantiles.median(bySize.get(i)) < Quantiles.median(bySize.get(best)) ? i : best;
        }
        ObjectNode row = Comparison.row("bulk insert", Quantiles.median(bySize.get(best)), Quantiles.median(ours))
                .put("sdk_rows_a_call", BATCHES[best]);
        return row.put("adapter_rows_a_second", 1000.0 * vectors.size() / Quantiles.median(ours))
                .put("sdk_rows_a_second", 1000.0 * vectors.size() / Quantiles.median(bySize.get(best)));
    }

    private static double bulk(Side side, List<float[]> vectors, int batch) {
        side.empty();
        return Comparison.milliseconds(() -> side.insert(0, vectors, batch));
    }
}
