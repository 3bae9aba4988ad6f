package dev.milvuso.benchmarks.trainer;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/**
 * How much arithmetic and how much memory traffic one core manages for each CPU-second while all threads are at it.
 * Arguments: threads, rows of the model, dimension. Prints one JSON document.
 */
public final class MachineLimits {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final double WARM_UP_SECONDS = 0.5;
    private static final double SECONDS = 1;

    private MachineLimits() {}

    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        int threads = Integer.parseInt(arguments[0]);
        int rows = Integer.parseInt(arguments[1]);
        int dimension = Integer.parseInt(arguments[2]);
        float[] table = new float[Math.multiplyExact(rows, dimension)];
        double arithmetic = perCpuSecond(threads, t -> new FusedMultiplyAdds());
        double triad = perCpuSecond(threads, t -> new Triad());
        double shared = perCpuSecond(threads, t -> new SharedTable(table, t));
        System.out.printf(
                "{\"fma_flops_per_cpu_second\": %.0f, \"triad_bytes_per_cpu_second\": %.0f,"
                        + " \"table_bytes_per_cpu_second\": %.0f}%n",
                arithmetic, triad, shared);
    }

    private static double perCpuSecond(int threads, IntFunction<Kernel> kernel)
            throws InterruptedException, ExecutionException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Double>> tasks = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                Kernel own = kernel.apply(t);
                tasks.add(() -> {
                    speed(own, WARM_UP_SECONDS);
                    return speed(own, SECONDS);
                });
            }
            double sum = 0;
            for (Future<Double> speed : pool.invokeAll(tasks)) {
                sum += speed.get();
            }
            return sum / threads;
        } finally {
            pool.shutdownNow();
        }
    }

    /** Work for each second that this thread was on a core. */
    private static double speed(Kernel kernel, double seconds) {
        long begun = THREADS.getCurrentThreadCpuTime();
        long until = begun + (long) (seconds * 1e9);
        long now = begun;
        long passes = 0;
        while (now < until) {
            kernel.pass();
            passes++;
            now = THREADS.getCurrentThreadCpuTime();
        }
        return passes * kernel.workOfPass() / (now - begun) * 1e9;
    }
}
