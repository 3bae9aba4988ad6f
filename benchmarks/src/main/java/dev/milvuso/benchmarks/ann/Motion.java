package dev.milvuso.benchmarks.ann;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.milvuso.vector.index.Found;
import dev.milvuso.vector.index.Selection;
import dev.milvuso.vector.index.VectorIndex;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * What four searching threads notice of vectors being replaced by others of the same kind, each moved to where another
 * was.
 */
final class Motion {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SEARCHERS = 4;
    private static final float RECALL = 0.95f;
    private static final long QUIET_NANOS = 3_000_000_000L;

    private final VectorIndex index;
    private final Vectors rows;
    private final float[][] queries;
    private final int k;

    Motion(VectorIndex index, Vectors rows, float[][] queries, int k) {
        this.index = index;
        this.rows = rows;
        this.queries = queries;
        this.k = k;
    }

    /** @param share of the rows that are replaced */
    ObjectNode measure(double share) throws InterruptedException {
        double before = recall();
        long[] quiet = latenciesWhile(() -> {
            Thread.sleep(QUIET_NANOS / 1_000_000);
            return 0L;
        });
        long[] nanos = new long[2];
        int count = (int) (share * rows.count());
        long[] moving = latenciesWhile(() -> {
            long begin = System.nanoTime();
            long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            replace(count);
            nanos[0] = System.nanoTime() - begin;
            nanos[1] = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu;
            return nanos[0];
        });
        double after = recall();
        index.train();
        return JSON.createObjectNode()
                .put("replaced", count)
                .put("replacements_per_second", count / (nanos[0] / 1e9))
                .put("replacements_per_cpu_second", count / (nanos[1] / 1e9))
                .put("quiet_p99_micros", percentile(quiet, 0.99) / 1e3)
                .put("moving_p99_micros", percentile(moving, 0.99) / 1e3)
                .put("searches_meanwhile", moving.length)
                .put("recall_before", before)
                .put("recall_after", after)
                .put("recall_of_a_fresh_build", recall());
    }

    /** Each by a mean of another's vector and a neighbour in number, so that none is where one was. */
    private void replace(int count) {
        SplittableRandom random = new SplittableRandom(count);
        int[] order = IntStream.range(0, rows.count()).toArray();
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i, order.length);
            int slot = order[j];
            order[j] = order[i];
            float[] row = rows.row(random.nextInt(rows.count()));
            for (int at = 0; at < row.length; at++) {
                row[at] *= (float) (1 + 0.1 * random.nextDouble(-1, 1));
            }
            index.put(slot, row);
        }
    }

    private double recall() {
        return IntStream.range(0, Math.min(300, queries.length))
                .parallel()
                .mapToDouble(i -> {
                    Found found = index.search(queries[i], k, Selection.ALL, RECALL);
                    return IndexSpeed.recall(found, index.exact(queries[i], k, Selection.ALL));
                })
                .average()
                .orElse(0);
    }

    private long[] latenciesWhile(Callable<Long> work) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(SEARCHERS);
        AtomicBoolean over = new AtomicBoolean();
        try {
            var searchers = IntStream.range(0, SEARCHERS)
                    .mapToObj(i -> threads.submit(() -> latencies(i, over)))
                    .toList();
            work.call();
            over.set(true);
            LongStream all = LongStream.empty();
            for (Future<long[]> searcher : searchers) {
                all = LongStream.concat(all, Arrays.stream(searcher.get()));
            }
            return all.sorted().toArray();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a search failed", e.getCause());
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a replacement failed", e);
        } finally {
            over.set(true);
            threads.shutdown();
        }
    }

    private long[] latencies(int first, AtomicBoolean over) {
        long[] nanos = new long[1024];
        int count = 0;
        while (!over.get()) {
            long begin = System.nanoTime();
            index.search(queries[(first * 31 + count) % queries.length], k, Selection.ALL, RECALL);
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * count);
            }
            nanos[count++] = System.nanoTime() - begin;
        }
        return Arrays.copyOf(nanos, count);
    }

    private static double percentile(long[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) (share * (sorted.length - 1))];
    }
}
