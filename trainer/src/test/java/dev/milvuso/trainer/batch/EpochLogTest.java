package dev.milvuso.trainer.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.trainer.data.DataFormat;
import dev.milvuso.trainer.data.OnError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EpochLogTest {
    private static final int EPOCHS = 3;
    private static final double PAUSE = 0.5;

    @TempDir
    Path directory;

    /** Spends half a second of CPU time on every model. */
    private static final class SlowReader implements Progress {
        private final List<Integer> epochs = new ArrayList<>();
        private long begun;
        private long lastEpoch;
        private long onModels;
        private long onModelsBeforeLastEpoch;

        @Override
        public void begun() {
            begun = System.nanoTime();
        }

        /** From the beginning to the last epoch, less what models have taken until then. */
        private double seconds() {
            return (lastEpoch - begun - onModelsBeforeLastEpoch) / 1e9;
        }

        @Override
        public void epoch(int epoch, double loss, double samplesPerSecond, double secondsLeft) {
            epochs.add(epoch);
            lastEpoch = System.nanoTime();
            onModelsBeforeLastEpoch = onModels;
        }

        @Override
        public void model(int epoch, Supplier<TrainedModel> model) {
            long begin = System.nanoTime();
            while (System.nanoTime() - begin < (long) (PAUSE * 1e9)) {
                Thread.onSpinWait();
            }
            onModels += System.nanoTime() - begin;
        }
    }

    private List<JsonNode> train(Optional<Path> models, Progress next, String... settings) throws IOException {
        Path pairs = Files.writeString(directory.resolve("pairs"), "a x y\nb y z\nc z x\n");
        Path log = directory.resolve("log");
        List<String> all = new ArrayList<>(List.of("training.epochs=" + EPOCHS, "training.threads=1"));
        all.addAll(List.of(settings));
        Training.run(
                ConfigLoader.load(Optional.empty(), Map.of(), all),
                List.of(pairs),
                DataFormat.ADJACENCY,
                OnError.FAIL,
                directory.resolve("model"),
                new EpochLog(log, models, next));
        ObjectMapper json = new ObjectMapper();
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(log)) {
            lines.add(json.readTree(line));
        }
        return lines;
    }

    @Test
    void theBeginningAndEveryEpochHaveALineAndTimeOnlyGrows() throws IOException {
        SlowReader next = new SlowReader();
        List<JsonNode> lines = train(Optional.empty(), next);
        assertThat(lines).extracting(line -> line.get("epoch").asInt()).containsExactly(0, 1, 2, 3);
        assertThat(lines).extracting(line -> line.get("cpu_seconds").asDouble()).isSorted();
        assertThat(lines.get(0).get("loss").isNull()).isTrue();
        assertThat(lines.get(3).get("loss").asDouble()).isPositive();
        assertThat(next.epochs).containsExactly(1, 2, 3);
    }

    @Test
    void leastSquaresHaveTheSameLog() throws IOException {
        Path models = directory.resolve("models");
        SlowReader next = new SlowReader();
        List<JsonNode> lines =
                train(Optional.of(models), next, "training.algorithm=als", "als.iterations=2", "als.threads=1");
        assertThat(lines).extracting(line -> line.get("epoch").asInt()).containsExactly(0, 1, 2);
        assertThat(lines).extracting(line -> line.get("cpu_seconds").asDouble()).isSorted();
        assertThat(next.epochs).containsExactly(1, 2);
        assertThat(item(models.resolve("epoch-2")))
                .isEqualTo(item(directory.resolve("model")))
                .isNotEqualTo(item(models.resolve("epoch-1")));
    }

    private static float[] item(Path model) {
        return new ModelDirectory(model).read().factors().items().vector(0);
    }

    @Test
    void whatIsDoneWithTheModelIsNotCounted() throws IOException {
        SlowReader next = new SlowReader();
        List<JsonNode> lines = train(Optional.empty(), next);
        double seconds = lines.get(EPOCHS).get("seconds").asDouble()
                - lines.get(0).get("seconds").asDouble();
        assertThat(seconds).isPositive().isLessThan(next.seconds() + PAUSE / 100);
    }

    @Test
    void theModelOfEveryEpochIsKeptOnRequest() throws IOException {
        Path models = directory.resolve("models");
        train(Optional.of(models), (epoch, loss, rate, left) -> {});
        float[] last = new ModelDirectory(directory.resolve("model"))
                .read()
                .factors()
                .users()
                .vector(0);
        assertThat(new ModelDirectory(models.resolve("epoch-3"))
                        .read()
                        .factors()
                        .users()
                        .vector(0))
                .isEqualTo(last);
        assertThat(new ModelDirectory(models.resolve("epoch-1"))
                        .read()
                        .factors()
                        .users()
                        .vector(0))
                .isNotEqualTo(last);
    }
}
