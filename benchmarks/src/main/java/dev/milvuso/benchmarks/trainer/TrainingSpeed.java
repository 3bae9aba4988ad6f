package dev.milvuso.benchmarks.trainer;

import com.sun.management.OperatingSystemMXBean;
import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.trainer.batch.BatchTrainer;
import dev.milvuso.trainer.batch.Progress;
import dev.milvuso.trainer.data.DataFormat;
import dev.milvuso.trainer.data.OnError;
import dev.milvuso.trainer.data.PositivePairs;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gradient samples for each CPU-second of the whole process, compiler and collector among them, epoch by epoch, after
 * loading. Arguments: a file of pairs in the format ncf, then settings such as {@code training.threads=1}. Prints a
 * line of JSON for every epoch.
 */
public final class TrainingSpeed implements Progress {
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final double samplesOfEpoch;
    private double begunCpu;
    private double lastCpu;
    private double lastSeconds;

    private TrainingSpeed(double samplesOfEpoch) {
        this.samplesOfEpoch = samplesOfEpoch;
    }

    public static void main(String[] arguments) {
        List<String> settings = Arrays.asList(arguments).subList(1, arguments.length);
        Config config = ConfigLoader.load(Optional.empty(), Map.of(), settings);
        PositivePairs data =
                PositivePairs.read(List.of(Path.of(arguments[0])), DataFormat.NCF, OnError.FAIL, config.actions());
        double samples = data.size() * (1 + config.training().negativeSamplingRatio());
        new BatchTrainer(config.training(), config.recommendation().embeddingDim(), new TrainingSpeed(samples))
                .train(data);
    }

    @Override
    public void begun() {
        begunCpu = PROCESS.getProcessCpuTime() / 1e9;
        lastCpu = begunCpu;
        lastSeconds = System.nanoTime() / 1e9;
    }

    @Override
    public void epoch(int epoch, double loss, double samplesPerSecond, double secondsLeft) {
        double cpu = PROCESS.getProcessCpuTime() / 1e9;
        double seconds = System.nanoTime() / 1e9;
        System.out.printf(
                "{\"epoch\": %d, \"loss\": %.6f, \"samples_per_cpu_second\": %.0f,"
                        + " \"samples_per_second\": %.0f, \"samples_per_cpu_second_since_begun\": %.0f}%n",
                epoch,
                loss,
                samplesOfEpoch / (cpu - lastCpu),
                samplesOfEpoch / (seconds - lastSeconds),
                samplesOfEpoch * epoch / (cpu - begunCpu));
        lastCpu = cpu;
        lastSeconds = seconds;
    }
}
