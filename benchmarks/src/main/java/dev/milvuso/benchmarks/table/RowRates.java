package dev.milvuso.benchmarks.table;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.milvuso.trainer.model.FactorModel;
import dev.milvuso.trainer.model.Learner;
import dev.milvuso.trainer.parameter.ParameterTable;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Samples per CPU-second on the first rows of a model, for several numbers of rows in turn, so that all see the same
 * compiled code and the same neighbours on the machine. Beside it what moving the same rows costs without any
 * arithmetic, and what a step would take if it did both, one after the other: the time on the fewest rows and what
 * memory takes longer.
 */
final class RowRates {
    private static final int ROUNDS = 7;
    private static final int WARM_UP = 3;
    private static final int GROUPS = 60_000;
    private static final int CACHE_LINE = 16;
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private final FactorModel model;
    private final Learner learner;
    private final int[] negatives;
    private final SplittableRandom random = new SplittableRandom(12);

    RowRates(FactorModel model, Learner learner, int negatives) {
        this.model = model;
        this.learner = learner;
        this.negatives = new int[negatives];
    }

    private interface Step {
        void step(int user, int item);
    }

    /** @param into one object for each number of rows */
    void measure(List<Integer> sizes, ArrayNode into) {
        double[][] steps = new double[sizes.size()][ROUNDS];
        double[][] moves = new double[sizes.size()][ROUNDS];
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            for (int n = 0; n < sizes.size(); n++) {
                double step = nanosPerSample(sizes.get(n), this::learn);
                double move = nanosPerSample(sizes.get(n), this::move);
                if (round >= 0) {
                    steps[n][round] = step;
                    moves[n][round] = move;
                }
            }
        }
        double fewest = median(steps[0]);
        for (int n = 0; n < sizes.size(); n++) {
            double step = median(steps[n]);
            ((ObjectNode) into.get(n))
                    .put("samples_per_cpu_second", 1e9 / step)
                    .put("ratio_to_fewest_rows", fewest / step)
                    .put("ns_per_sample", step)
                    .put("ns_to_move_its_rows", median(moves[n]))
                    .put("ns_predicted", fewest + median(moves[n]) - median(moves[0]));
        }
    }

    private static double median(double[] of) {
        double[] sorted = of.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private double nanosPerSample(int rows, Step step) {
        long started = CPU.getCurrentThreadCpuTime();
        for (int n = 0; n < GROUPS; n++) {
            for (int i = 0; i < negatives.length; i++) {
                negatives[i] = random.nextInt(rows / 2);
            }
            step.step(random.nextInt(rows / 2), random.nextInt(rows / 2));
        }
        return (CPU.getCurrentThreadCpuTime() - started) / (double) GROUPS / (1 + negatives.length);
    }

    private void learn(int user, int item) {
        learner.step(user, item, negatives, negatives.length, 1, 0.01f);
    }

    /** Reads and writes every cache line that the step would. */
    private void move(int user, int item) {
        move(model.users(), user);
        move(model.items(), item);
        for (int negative : negatives) {
            move(model.items(), negative);
        }
    }

    private static void move(ParameterTable table, int row) {
        float[] chunk = table.chunk(row);
        int begin = table.offset(row);
        int end = table.stateOffset(row) + table.stateWidth();
        for (int at = begin; at < end; at += CACHE_LINE) {
            chunk[at] *= 0.999f;
        }
    }
}
