package dev.milvuso.trainer.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.milvuso.embedding.Embedding;
import dev.milvuso.example.TrainingExample;
import dev.milvuso.trainer.parameter.ParameterTable;
import dev.milvuso.vector.embedded.EmbeddedVectorStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Every example counts once, whenever the trainer is killed. */
@ExtendWith(Servers.class)
final class OnlineTrainerCrashIT {
    private static final int KILLS = 2;

    @TempDir
    Path folder;

    private final List<TrainingExample> sent = Collections.synchronizedList(new ArrayList<>());
    private final SplittableRandom random = new SplittableRandom(7);

    /** Of ten records on the log one repeats an earlier one, as after a crash upstream. */
    private void sendOne(Stage stage) {
        int n = sent.size();
        TrainingExample next = n > 0 && random.nextInt(10) == 0
                ? sent.get(random.nextInt(n))
                : Stage.example("e" + n, "u" + random.nextInt(50), "i" + random.nextInt(30), random.nextInt(2));
        stage.send(next);
        sent.add(next);
    }

    @Test
    void aTrainerThatIsKilledUnderLoadEndsWithTheBitsOfOneThatWasNot(Servers.Running servers) throws Exception {
        List<String> settings = Stream.concat(
                        Stage.WITHOUT_CHANCE.stream(), Stream.of("online.snapshot_interval=100ms"))
                .toList();
        ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();
        try (Stage stage = new Stage(servers, folder, settings)) {
            var sending = sender.scheduleWithFixedDelay(() -> sendOne(stage), 0, 2, TimeUnit.MILLISECONDS);
            for (int kill = 0; kill < KILLS; kill++) {
                long before = newestEpoch(stage);
                Process process = TrainerProcess.start(stage.settings());
                try {
                    await().atMost(Duration.ofMinutes(1)).until(() -> newestEpoch(stage) > before);
                    // Each at another place between two snapshots.
                    await().pollDelay(Duration.ofMillis(random.nextInt(150, 500)))
                            .until(() -> Files.exists(folder.resolve("snapshot")));
                } finally {
                    process.destroyForcibly().waitFor();
                }
            }
            sending.cancel(false);
            sender.shutdown();
            assertThat(sender.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
            finish(stage);
            assertThat(vectors(stage.published())).isEqualTo(vectorsOfOneRun(stage));
        } finally {
            sender.shutdownNow();
        }
    }

    private static long newestEpoch(Stage stage) {
        return stage.published().values().stream()
                .mapToLong(Embedding::epoch)
                .max()
                .orElse(0);
    }

    /** Learns the rest and ends in good order. */
    private void finish(Stage stage) {
        SimpleMeterRegistry metrics = new SimpleMeterRegistry();
        long distinct = sent.stream().map(TrainingExample::exampleId).distinct().count();
        try (OnlineTrainer last = stage.trainer(EmbeddedVectorStore.inMemory(), metrics)) {
            last.start();
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(applied(metrics))
                            .as(
                                    "examples applied; %s, %s wait",
                                    last.health(),
                                    metrics.get("milvuso.training.lag").gauge().value())
                            .isEqualTo(distinct));
        }
        assertThat(applied(metrics)).isEqualTo(distinct);
        // All of the last trainer's rows have been acknowledged; one more look reads them to the end.
        await().untilAsserted(() ->
                assertThat(stage.published().values()).allMatch(row -> row.epoch() == newestEpoch(stage)));
    }

    private static long applied(SimpleMeterRegistry metrics) {
        return (long) metrics.get("milvuso.training.examples.applied")
                .functionCounter()
                .count();
    }

    private Map<String, List<Float>> vectorsOfOneRun(Stage stage) {
        OnlineCore core = new OnlineCore(stage.config());
        for (TrainingExample example : sent) {
            core.apply(
                    example.exampleId(),
                    example.userId().value(),
                    example.itemId().value(),
                    example.label(),
                    example.weight(),
                    0);
        }
        Map<String, List<Float>> vectors = new HashMap<>();
        put(vectors, "user:", core.model().users());
        put(vectors, "item:", core.model().items());
        return vectors;
    }

    private static void put(Map<String, List<Float>> vectors, String prefix, ParameterTable table) {
        for (int row = 0; row < table.size(); row++) {
            vectors.put(prefix + table.id(row), boxed(table.vector(row)));
        }
    }

    private static Map<String, List<Float>> vectors(Map<String, Embedding> rows) {
        Map<String, List<Float>> vectors = new HashMap<>();
        rows.forEach((key, row) -> vectors.put(key, boxed(row.vector())));
        return vectors;
    }

    private static List<Float> boxed(float[] vector) {
        List<Float> boxed = new ArrayList<>();
        for (float number : vector) {
            boxed.add(number);
        }
        return boxed;
    }
}
