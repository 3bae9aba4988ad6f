package dev.milvuso.benchmarks.archive;

import dev.milvuso.benchmarks.process.CpuTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

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
        FutureTask<Long> task = new FutureTask<>(work::run);
        Thread thread = new Thread(task, name);
        long cpu = CpuTime.nanos();
        long started = System.nanoTime();
        thread.start();
        thread.join();
        double seconds = (System.nanoTime() - started) / 1e9;
        double cpuSeconds = (CpuTime.nanos() - cpu) / 1e9;
        Cost cost = new Cost(records(task), seconds, cpuSeconds);
        rounds.add(cost);
        return cost;
    }

    private static long records(FutureTask<Long> done) throws Exception {
        try {
            return done.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception failure) {
                throw failure;
            }
            throw e;
        }
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
