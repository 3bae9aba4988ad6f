package dev.milvuso.benchmarks.trainer;

import dev.milvuso.trainer.model.FactorModel;
import dev.milvuso.trainer.model.Learner;
import dev.milvuso.trainer.optimizer.Optimizer;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Nanoseconds of one gradient sample and of one score, on a model of ML-1M's size, rows drawn at random. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class StepBenchmark {
    private static final int USERS = 6040;
    private static final int ITEMS = 3706;
    private static final int NEGATIVES = 8;
    private static final int GROUPS = 4096;
    private static final int SAMPLES = GROUPS * (1 + NEGATIVES);
    private static final float RATE = 0.001f;

    @Param({"16", "64", "128", "192"})
    public int dimension;

    @Param({"sgd", "adagrad", "rowwise_adagrad", "adam"})
    public String optimizer = "sgd";

    private FactorModel model = FactorModel.empty(2, Optimizer.named("sgd"), 0);
    private Learner learner = new Learner(model, Optimizer.named("sgd"), 0, 0);
    private final int[] users = new int[GROUPS];
    private final int[][] items = new int[GROUPS][NEGATIVES + 1];

    @Setup
    public void fill() {
        Optimizer chosen = Optimizer.named(optimizer);
        model = FactorModel.empty(dimension, chosen, 1);
        for (int i = 0; i < USERS; i++) {
            model.users().findOrAdd("u" + i);
        }
        for (int i = 0; i < ITEMS; i++) {
            model.items().findOrAdd("i" + i);
        }
        learner = new Learner(model, chosen, 0.005, Learner.intercept(NEGATIVES));
        SplittableRandom random = new SplittableRandom(1);
        for (int group = 0; group < GROUPS; group++) {
            users[group] = random.nextInt(USERS);
            items[group] = random.ints(NEGATIVES + 1, 0, ITEMS).toArray();
        }
    }

    /** A positive and its negatives one after the other, as the batch trainer takes them. */
    @Benchmark
    @OperationsPerInvocation(SAMPLES)
    public double step() {
        double loss = 0;
        for (int group = 0; group < GROUPS; group++) {
            for (int n = 0; n <= NEGATIVES; n++) {
                loss += learner.step(users[group], items[group][n], n == 0 ? 1 : 0, 1, RATE);
            }
        }
        return loss;
    }

    /** A positive and its negatives in one step, as the online trainer takes them. */
    @Benchmark
    @OperationsPerInvocation(SAMPLES)
    public double groupedStep() {
        double loss = 0;
        for (int group = 0; group < GROUPS; group++) {
            loss += learner.step(users[group], items[group][NEGATIVES], items[group], NEGATIVES, 1, RATE);
        }
        return loss;
    }

    @Benchmark
    @OperationsPerInvocation(SAMPLES)
    public float score() {
        float sum = 0;
        for (int group = 0; group < GROUPS; group++) {
            for (int item : items[group]) {
                sum += model.score(users[group], item);
            }
        }
        return sum;
    }
}
