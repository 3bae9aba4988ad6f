package dev.milvuso.benchmarks.table;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.milvuso.trainer.model.FactorModel;
import dev.milvuso.trainer.model.Learner;
import dev.milvuso.trainer.optimizer.Optimizer;
import dev.milvuso.trainer.parameter.ParameterTable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Rows with UUIDs for ids are added to both tables of a model; then gradient samples on rows drawn at random are timed,
 * in turn from the first ten thousand rows, the first hundred thousand and so on ({@link RowRates}). Prints one JSON
 * document: bytes per row against the raw numbers, the longest {@code findOrAdd}, samples per CPU-second for each
 * number of rows. The heap has to hold the rows and a quarter more.
 *
 * <p>{@code N [dimension [optimizer [negatives]]]}: rows of both tables together
 */
public final class TableGrowth {
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private final SplittableRandom random = new SplittableRandom(11);
    private final ObjectMapper json = new ObjectMapper();
    private final int dimension;
    private final Optimizer optimizer;
    private final FactorModel model;
    private final RowRates rates;

    private TableGrowth(int dimension, Optimizer optimizer, int negatives) {
        this.dimension = dimension;
        this.optimizer = optimizer;
        this.model = FactorModel.empty(dimension, optimizer, 1);
        this.rates = new RowRates(model, new Learner(model, optimizer, 0.01, 0), negatives);
    }

    public static void main(String[] arguments) throws IOException {
        int rows = Integer.parseInt(arguments[0]);
        int dimension = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 64;
        String optimizer = arguments.length > 2 ? arguments[2] : "adagrad";
        int negatives = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 8;
        System.out.println(new TableGrowth(dimension, Optimizer.named(optimizer), negatives).run(rows));
    }

    private ObjectNode run(int most) throws IOException {
        ObjectNode result = json.createObjectNode();
        ArrayNode sizes = result.putArray("results");
        Latencies latencies = new Latencies();
        double raw = 4.0 * (dimension + optimizer.stateWidth(dimension));
        List<Integer> all = sizes(most);
        for (int rows : all) {
            long started = System.nanoTime();
            int before = size();
            grow(rows, latencies);
            double seconds = (System.nanoTime() - started) / 1e9;
            long bytes = model.users().bytes() + model.items().bytes();
            sizes.addObject()
                    .put("rows", rows)
                    .put("rows_added_per_second", (rows - before) / seconds)
                    .put("bytes_per_row", (double) bytes / rows)
                    .put("ratio_to_raw_numbers", bytes / raw / rows)
                    .put("table_gib", bytes / (double) (1L << 30))
                    .put("heap_gib", heap() / (double) (1L << 30));
        }
        rates.measure(all, sizes);
        latencies.into(result.putObject("find_or_add"));
        result.put("peak_rss_gib", peakRss() / (double) (1L << 20));
        return result;
    }

    private static List<Integer> sizes(int most) {
        List<Integer> sizes = new ArrayList<>();
        for (int size = 10_000; size < most; size *= 10) {
            sizes.add(size);
        }
        sizes.add(most);
        return sizes;
    }

    private int size() {
        return model.users().size() + model.items().size();
    }

    private void grow(int rows, Latencies latencies) {
        while (size() < rows) {
            String id = new UUID(random.nextLong(), random.nextLong()).toString();
            ParameterTable table = model.users().size() > model.items().size() ? model.items() : model.users();
            long started = System.nanoTime();
            long worked = CPU.getCurrentThreadCpuTime();
            table.findOrAdd(id);
            worked = CPU.getCurrentThreadCpuTime() - worked;
            latencies.add(System.nanoTime() - started, worked);
        }
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** In KiB. */
    private static long peakRss() throws IOException {
        Path status = Path.of("/proc/self/status");
        return !Files.isReadable(status)
                ? 0
                : Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmHWM:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum();
    }
}
