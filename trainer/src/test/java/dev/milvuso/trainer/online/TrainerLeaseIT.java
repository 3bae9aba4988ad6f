package dev.milvuso.trainer.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.milvuso.component.Health;
import dev.milvuso.embedding.Embedding;
import dev.milvuso.vector.embedded.EmbeddedVectorStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Of two trainers one learns; the other goes on after its death, or its being halted. */
@ExtendWith(Servers.class)
final class TrainerLeaseIT {
    private static final Duration TAKEOVER = Duration.ofSeconds(40);

    @TempDir
    Path folder;

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    private static long newestEpoch(Stage stage) {
        return stage.published().values().stream()
                .mapToLong(Embedding::epoch)
                .max()
                .orElse(0);
    }

    private static void signal(String signal, Process process) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", signal, String.valueOf(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private void awaitApplied(int examples) {
        await().atMost(TAKEOVER)
                .untilAsserted(() -> assertThat(metrics.get("milvuso.training.examples.applied")
                                .functionCounter()
                                .count())
                        .isEqualTo(examples));
    }

    private static void send(Stage stage, int from, int to) {
        for (int n = from; n < to; n++) {
            stage.send(Stage.example("e" + n, "u" + n % 7, "i" + n % 5, 1));
        }
    }

    /** In: a process that has learned ten examples. */
    private interface End {
        void of(Process process) throws IOException, InterruptedException;
    }

    private void takesOver(Stage stage, Process process, End end) throws Exception {
        send(stage, 0, 10);
        await().atMost(Duration.ofSeconds(30)).until(() -> stage.published().size() == 12);
        await().until(() -> Files.exists(folder.resolve("snapshot")));
        try (OnlineTrainer standby =
                stage.trainer(EmbeddedVectorStore.inMemory(), metrics, "online.snapshot_interval=1d")) {
            standby.start();
            assertThat(standby.health()).isInstanceOf(Health.Standby.class);
            long before = newestEpoch(stage);
            long ended = System.nanoTime();
            end.of(process);
            await().atMost(TAKEOVER).until(() -> newestEpoch(stage) > before);
            System.err.println("taken over after ms: " + (System.nanoTime() - ended) / 1_000_000);
            send(stage, 10, 20);
            awaitApplied(20);
            afterwards(stage, process, before);
        }
    }

    /** The old holder, should it still live, is let go on, and writes nothing. */
    private void afterwards(Stage stage, Process process, long itsEpoch) throws Exception {
        if (!process.isAlive()) {
            return;
        }
        byte[] snapshot = Files.readAllBytes(folder.resolve("snapshot"));
        try (TopicReader log = stage.reader(stage.topics().embeddings().name())) {
            int seen = log.recordsToEnd().size();
            signal("-CONT", process);
            send(stage, 20, 30);
            awaitApplied(30);
            await().during(Duration.ofSeconds(2)).until(() -> log.records().size() > seen);
            assertThat(log.recordsToEnd().subList(seen, log.recordsToEnd().size()))
                    .allMatch(record -> epoch(record.value()) > itsEpoch);
        }
        assertThat(Files.readAllBytes(folder.resolve("snapshot"))).isEqualTo(snapshot);
    }

    /** Behind schema and type. */
    private static long epoch(byte[] record) {
        return ByteBuffer.wrap(record).getLong(2);
    }

    private void takesOver(Servers.Running servers, End end) throws Exception {
        List<String> settings = List.of("registry.lease_time=3s", "online.snapshot_interval=100ms");
        try (Stage stage = new Stage(servers, folder, settings)) {
            Process process = TrainerProcess.start(stage.settings());
            try {
                takesOver(stage, process, end);
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    void aStandbyGoesOnAfterTheHolderIsKilled(Servers.Running servers) throws Exception {
        takesOver(servers, process -> process.destroyForcibly().waitFor());
    }

    @Test
    void aHolderThatWasHaltedAndComesBackWritesNothing(Servers.Running servers) throws Exception {
        takesOver(servers, process -> signal("-STOP", process));
    }
}
