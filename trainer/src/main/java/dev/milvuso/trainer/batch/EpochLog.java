package dev.milvuso.trainer.batch;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what every epoch cost: one JSON document a line, the first for epoch 0, when nothing is learned yet. On
 * request it keeps the model of every epoch; what that costs is not counted.
 */
public final class EpochLog implements Progress {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final Path log;
    private final Optional<Path> models;
    private final boolean ratings;
    private final Progress next;
    private Cost notCounted = new Cost(0, 0);

    /**
     * @param log file that is begun anew
     * @param models folder that gets the models {@code epoch-1}, {@code epoch-2} and so on
     * @param next is told as well
     */
    public EpochLog(Path log, Optional<Path> models, Progress next) {
        this(log, models, false, next);
    }

    /** @param ratings whether the loss is half a squared error, so that its root is worth knowing */
    public EpochLog(Path log, Optional<Path> models, boolean ratings, Progress next) {
        this.log = log;
        this.models = models;
        this.ratings = ratings;
        this.next = next;
    }

    /**
     * What has been spent up to now.
     *
     * @param cpuSeconds of all threads of this process, compiler and collector among them
     */
    private record Cost(double cpuSeconds, double seconds) {
        static Cost now() {
            return new Cost(PROCESS.getProcessCpuTime() / 1e9, System.nanoTime() / 1e9);
        }

        Cost plus(Cost other) {
            return new Cost(cpuSeconds + other.cpuSeconds, seconds + other.seconds);
        }

        Cost minus(Cost other) {
            return new Cost(cpuSeconds - other.cpuSeconds, seconds - other.seconds);
        }
    }

    /**
     * @param seconds on a clock that began at any time
     * @param rmse of ratings alone
     */
    @JsonNaming(SnakeCaseStrategy.class)
    private record Line(
            int epoch,
            double cpuSeconds,
            double seconds,
            @Nullable Double loss,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double rmse) {}

    /** @throws UncheckedIOException if the log cannot be written, as from the other methods */
    @Override
    public void begun() {
        next.begun();
        write(0, null, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
    }

    @Override
    public void epoch(int epoch, double loss, double samplesPerSecond, double secondsLeft) {
        write(epoch, loss, StandardOpenOption.APPEND);
        next.epoch(epoch, loss, samplesPerSecond, secondsLeft);
    }

    @Override
    public void model(int epoch, Supplier<TrainedModel> model) {
        Cost before = Cost.now();
        models.ifPresent(folder -> new ModelDirectory(folder.resolve("epoch-" + epoch)).write(model.get()));
        next.model(epoch, model);
        notCounted = notCounted.plus(Cost.now().minus(before));
    }

    private void write(int epoch, @Nullable Double loss, StandardOpenOption... options) {
        Cost spent = Cost.now().minus(notCounted);
        try {
            Double rmse = ratings && loss != null ? Double.valueOf(Math.sqrt(2 * loss)) : null;
            String line = JSON.writeValueAsString(new Line(epoch, spent.cpuSeconds(), spent.seconds(), loss, rmse));
            Files.writeString(log, line + "\n", options);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an epoch cannot be written down: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(log + " cannot be written: " + e.getMessage(), e);
        }
    }
}
