package dev.milvuso.benchmarks.milvus;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.milvuso.config.MilvusConfig;
import dev.milvuso.standalone.bench.Benchmark;
import dev.milvuso.standalone.bench.Parameter;
import dev.milvuso.standalone.bench.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The adapter beside the SDK alone on the server that {@code --set milvus.uri=…} names: the same work in turns, whoever
 * went second going first next time, medians.
 */
public final class MilvusBenchmark implements Benchmark {
    private static final ObjectMapper JSON = new ObjectMapper();
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
                Parameter.number("rows", 100_000, "rows of the bulk insert", 1000, 10_000_000),
                Parameter.number("dimension", 64, "numbers in a vector", 2, 4096),
                Parameter.number(
                        "rounds", 60, "calls of each kind and side, after half as many of warming up", 1, 10_000),
                Parameter.number(
                        "bulks", 3, "rounds of bulk inserts, each with every size of the SDK's calls", 1, 100));
    }

    @Override
    public List<ObjectNode> measure(Session session) {
        MilvusConfig config = session.config(List.of("milvus.backend=milvus")).milvus();
        int dimension = session.number("dimension");
        List<float[]> vectors = vectors(session.number("rows"), dimension);
        SdkSide sdk = session.opened(new SdkSide(config, dimension));
        AdapterSide adapter = session.opened(new AdapterSide(config, dimension));
        List<ObjectNode> rows = new ArrayList<>();
        rows.add(bulk(session, sdk, adapter, vectors));
        sdk.empty();
        adapter.empty();
        int rounds = session.number("rounds");
        session.say("inserting, searching and deleting %d times", rounds);
        rows.add(compare(
                "insert",
                rounds,
                sdk,
                adapter,
                (side, round) -> side.insert(round * ROWS_A_CALL, few(vectors, round), ROWS_A_CALL)));
        rows.add(compare(
                "search",
                5 * rounds,
                sdk,
                adapter,
                (side, round) -> side.search(vectors.get((int) (round % vectors.size())), K)));
        rows.add(compare(
                "delete",
                5 * rounds,
                sdk,
                adapter,
                (side, round) -> side.delete(LongStream.range(0, KEYS_A_CALL)
                        .map(i -> round * KEYS_A_CALL + i)
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

    /** Others each round: of equal vectors the adapter looks at all, to order them by key. */
    private static List<float[]> few(List<float[]> vectors, long round) {
        int from = (int) (round * ROWS_A_CALL % (vectors.size() - ROWS_A_CALL + 1));
        return vectors.subList(from, from + ROWS_A_CALL);
    }

    private interface Work {
        void run(Side side, long round);
    }

    private static ObjectNode compare(String what, int rounds, Side sdk, Side adapter, Work work) {
        List<Double> sdkTimes = new ArrayList<>();
        List<Double> adapterTimes = new ArrayList<>();
        int warming = rounds / 2;
        for (int round = 0; round < warming + rounds; round++) {
            long number = round;
            Consumer<Side> measured = side -> {
                double time = milliseconds(() -> work.run(side, number));
                if (number >= warming) {
                    (side == sdk ? sdkTimes : adapterTimes).add(time);
                }
            };
            measured.accept(round % 2 == 0 ? sdk : adapter);
            measured.accept(round % 2 == 0 ? adapter : sdk);
        }
        return row(what, median(sdkTimes), median(adapterTimes));
    }

    private static double milliseconds(Runnable work) {
        long begin = System.nanoTime();
        work.run();
        return (System.nanoTime() - begin) / 1e6;
    }

    private static double median(List<Double> times) {
        List<Double> sorted = times.stream().sorted().toList();
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }

    private static ObjectNode row(String what, double sdk, double adapter) {
        return JSON.createObjectNode()
                .put("name", what)
                .put("sdk_ms", sdk)
                .put("adapter_ms", adapter)
                .put("time_ratio_to_sdk", adapter / sdk);
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
            best = median(bySize.get(i)) < median(bySize.get(best)) ? i : best;
        }
        ObjectNode row =
                row("bulk insert", median(bySize.get(best)), median(ours)).put("sdk_rows_a_call", BATCHES[best]);
        return row.put("adapter_rows_a_second", 1000.0 * vectors.size() / median(ours))
                .put("sdk_rows_a_second", 1000.0 * vectors.size() / median(bySize.get(best)));
    }

    private static double bulk(Side side, List<float[]> vectors, int batch) {
        side.empty();
        return milliseconds(() -> side.insert(0, vectors, batch));
    }
}
