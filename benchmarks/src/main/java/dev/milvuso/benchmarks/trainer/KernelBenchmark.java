package dev.milvuso.benchmarks.trainer;

import dev.milvuso.trainer.math.Pull;
import dev.milvuso.trainer.math.ScalarMath;
import dev.milvuso.trainer.math.VectorMath;
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

/** Nanoseconds of one call of each inner loop, on rows drawn at random from a table of ML-1M's size. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class KernelBenchmark {
    private static final int ROWS = 9746;
    private static final int CALLS = 4096;
    // Small, and as often up as down: the rows neither grow nor die away.
    private static final float SLOPE = 0.1f;

    private static final float RATE = 1e-3f;

    @Param({"scalar", "simd"})
    public String math = "scalar";

    @Param({"16", "64", "128", "192"})
    public int dimension;

    private VectorMath kernels = new ScalarMath();
    private float[] table = new float[0];
    private float[] user = new float[0];
    private float[] state = new float[0];
    private Pull pull = new Pull(user, user, user);
    private final int[] offsets = new int[CALLS];

    @Setup
    public void fill() {
        kernels = math.equals("simd") ? VectorMath.BEST : new ScalarMath();
        if (math.equals("simd") && kernels instanceof ScalarMath) {
            throw new IllegalStateException("this JVM has no vector module");
        }
        SplittableRandom random = new SplittableRandom(1);
        table = numbers(ROWS * dimension, random);
        user = numbers(dimension, random);
        state = new float[2 * ROWS * dimension];
        pull = new Pull(user, new float[dimension], new float[dimension]);
        for (int i = 0; i < CALLS; i++) {
            offsets[i] = random.nextInt(ROWS) * dimension;
        }
    }

    private static float[] numbers(int count, SplittableRandom random) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextDouble(-0.1, 0.1);
        }
        return numbers;
    }

    @Benchmark
    @OperationsPerInvocation(CALLS)
    public float dot() {
        float sum = 0;
        for (int offset : offsets) {
            sum += kernels.dot(table, offset, user, 0, dimension);
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(CALLS)
    public float squares() {
        float sum = 0;
        for (int offset : offsets) {
            sum += kernels.squares(table, offset, pull.by(SLOPE, 0), dimension);
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(CALLS)
    public float[] step() {
        float slope = SLOPE;
        for (int offset : offsets) {
            slope = -slope;
            kernels.step(table, offset, pull.by(slope, 0), RATE, dimension);
        }
        return table;
    }

    @Benchmark
    @OperationsPerInvocation(CALLS)
    public float[] adaGradStep() {
        float slope = SLOPE;
        for (int offset : offsets) {
            slope = -slope;
            kernels.adaGradStep(table, offset, pull.by(slope, 0), state, 2 * offset, RATE, 1e-8f, dimension);
        }
        return table;
    }

    @Benchmark
    @OperationsPerInvocation(CALLS)
    public float[] adamStep() {
        float slope = SLOPE;
        for (int offset : offsets) {
            slope = -slope;
            kernels.adamStep(
                    table, offset, pull.by(slope, 0), state, 2 * offset, 0.9f, 0.999f, RATE, 1, 1e-8f, dimension);
        }
        return table;
    }
}
