package dev.milvuso.benchmarks.archive;

import dev.milvuso.benchmarks.process.CpuTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Runs a step of the benchmark in every round, and takes its CPU time. */
final class Phase {
    private final String name;
    private final List<Cost> rounds = new ArrayList<>();

    /** What one run took. */
    record Cost(long records, double seconds, double cpuSeconds) {
        double recordsPerCpuSecond() {
            return records / cpuSeconds;
        }
    }

    /** A step. */
    interface Work {
        /** @return how many records it has dealt with */
        long run() throws Exception;
    }

    Phase(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** In a thread of its own: what the main thread does is not counted. */
    Cost run(Work work) throws Exception {
        Map<String, Exception> failures = new ConcurrentHashMap<>();
        long[] records = new long[1];
        Thread thread = new Thread(
                () -> {
                    try {
                        records[0] = work.run();
                    } catch (Exception e) {
                        failures.put(name, e);
                    }
                },
                name);
        long cpu = CpuTime.nanos();
        long started = System.nanoTime();
        thread.start();
        thread.join();
        double seconds = (System.nanoTime() - started) / 1e9;
        double cpuSeconds = (CpuTime.nanos() - cpu) / 1e9;
        Exception failure = failures.get(name);
        if (failure != null) {
            throw failure;
        }
        Cost cost = new Cost(records[0], seconds, cpuSeconds);
        rounds.add(cost);
        return cost;
    }

    /** The round in the middle by CPU time, without the first, which warms the compiler up. */
    Cost median() {
        List<Cost> sorted = rounds.stream()
                .skip(1)
                .sorted((one, other) -> Double.compare(one.cpuSeconds(), other.cpuSeconds()))
                .toList();
        return sorted.get(sorted.size() / 2);
    }
}
