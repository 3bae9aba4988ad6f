package dev.milvuso.benchmarks.table;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.trainer.online.OnlineCore;
import dev.milvuso.trainer.parameter.ParameterTable;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * A core learns from a stream in which every second example brings a user and an item that are new, while another
 * thread looks ids up. Prints one JSON document: how long the slowest examples and look-ups took, from the first row on
 * and from half of the rows on.
 *
 * <p>{@code N [--set section.key=value]…}: rows of both tables together at the end
 */
public final class Arrivals {
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
    private static final int WARM_UP = 50_000;

    private final SplittableRandom random = new SplittableRandom(5);
    private final OnlineCore core;
    private final int rows;
    private int example;

    private Arrivals(Config config, int rows) {
        this.core = new OnlineCore(config);
        this.rows = rows;
    }

    public static void main(String[] arguments) throws InterruptedException {
        List<String> settings = Stream.of(arguments)
                .skip(1)
                .filter(argument -> !argument.equals("--set"))
                .toList();
        Config config = ConfigLoader.load(Optional.empty(), Map.of(), settings);
        System.out.println(new Arrivals(config, Integer.parseInt(arguments[0])).run());
    }

    private ObjectNode run() throws InterruptedException {
        AtomicBoolean done = new AtomicBoolean();
        Latencies found = new Latencies();
        Latencies first = new Latencies();
        Latencies second = new Latencies();
        learnUntil(WARM_UP, new Latencies());
        Thread reader = new Thread(() -> lookUp(found, done));
        reader.start();
        learnUntil(rows / 2, first);
        learnUntil(rows, second);
        done.set(true);
        reader.join();
        ObjectNode result = new ObjectMapper().createObjectNode();
        result.put("rows", rows);
        first.into(result.putObject("examples_to_half_the_rows"));
        second.into(result.putObject("examples_from_half_the_rows"));
        found.into(result.putObject("look_ups"));
        return result;
    }

    private void learnUntil(int size, Latencies latencies) {
        ParameterTable users = core.model().users();
        ParameterTable items = core.model().items();
        while (users.size() + items.size() < size) {
            boolean fresh = example % 2 == 0 || users.size() < 100;
            String user = fresh ? uuid() : users.id(random.nextInt(users.size()));
            String item = fresh ? uuid() : items.id(random.nextInt(items.size()));
            String id = "example-" + example++;
            long started = System.nanoTime();
            long worked = CPU.getCurrentThreadCpuTime();
            core.apply(id, user, item, 1, 1, example);
            worked = CPU.getCurrentThreadCpuTime() - worked;
            latencies.add(System.nanoTime() - started, worked);
            if (example % 1000 == 0) {
                core.drain((row, accepted) -> {}, (row, accepted) -> {});
            }
        }
    }

    private String uuid() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private void lookUp(Latencies latencies, AtomicBoolean done) {
        SplittableRandom which = new SplittableRandom(6);
        ParameterTable users = core.model().users();
        while (!done.get()) {
            String id = users.id(which.nextInt(users.size()));
            long started = System.nanoTime();
            long worked = CPU.getCurrentThreadCpuTime();
            int row = users.find(id);
            worked = CPU.getCurrentThreadCpuTime() - worked;
            latencies.add(System.nanoTime() - started, worked);
            if (row < 0) {
                throw new IllegalStateException(id + " is not found");
            }
        }
    }
}
