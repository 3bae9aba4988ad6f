package dev.milvuso.trainer.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.milvuso.embedding.Kind;
import dev.milvuso.postgres.Database;
import dev.milvuso.trainer.registry.Activated;
import dev.milvuso.trainer.registry.postgres.ActivationTable;
import dev.milvuso.vector.embedded.EmbeddedVectorStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A trainer that is killed before it has learned anything, or soon after its first examples, goes on as well. */
@ExtendWith(Servers.class)
final class FirstSnapshotIT {
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private Path snapshots;
    private Stage stage;
    private Database database;
    private String before;

    @BeforeEach
    void make(Servers.Running servers) {
        snapshots = folder.resolve("snapshots");
        // No other snapshot than the first comes while a test runs, and nobody waits for the lease of who was killed.
        stage = new Stage(servers, snapshots, List.of("online.snapshot_interval=1h", "registry.instance=first"));
        database = new Database(stage.config().postgres(), "first-snapshot-it");
        database.migrate();
        before = served();
        // Versions are named by the second they begin in.
        await().until(() -> !before.equals("online-" + SECOND.format(Instant.now())));
    }

    @AfterEach
    void close() {
        database.close();
        stage.close();
    }

    private String served() {
        return new ActivationTable(database).served().map(Activated::version).orElse("");
    }

    /** @param anew whether it may begin although PostgreSQL knows what other tests have served */
    private Process process(boolean anew) throws IOException {
        return TrainerProcess.start(Stream.concat(stage.settings().stream(), Stream.of("registry.start_anew=" + anew))
                .toList());
    }

    private String awaitServed() {
        return await().atMost(LONG).until(this::served, version -> !version.equals(before));
    }

    private OnlineTrainer trainer() {
        return stage.trainer(EmbeddedVectorStore.inMemory(), metrics, "registry.start_anew=false");
    }

    private long applied() {
        return (long) metrics.get("milvuso.training.examples.applied")
                .functionCounter()
                .count();
    }

    @Test
    void aTrainerThatIsKilledBeforeItHasLearnedAnythingGoesOnAsTheSameVersion() throws Exception {
        Process process = process(true);
        String version;
        try {
            version = awaitServed();
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(snapshots.resolve("snapshot")).exists();
        for (int kill = 0; kill < 2; kill++) {
            Process next = process(false);
            try {
                stage.send(Stage.example("e" + kill, "ann" + kill, "i", 1));
                int user = kill;
                await().atMost(LONG)
                        .until(() -> stage.published(Kind.USER, "ann" + user).isPresent());
            } finally {
                next.destroyForcibly().waitFor();
            }
        }
        try (OnlineTrainer last = trainer()) {
            last.start();
            // Of no snapshot, so from the log.
            await().atMost(LONG).until(() -> applied() == 2);
        }
        assertThat(served()).isEqualTo(version);
    }

    @Test
    void aTrainerThatIsStoppedBeforeItHasLearnedAnythingGoesOnAsTheSameVersion() {
        String version;
        try (OnlineTrainer first = stage.trainer(EmbeddedVectorStore.inMemory(), new SimpleMeterRegistry())) {
            first.start();
            version = awaitServed();
        }
        try (OnlineTrainer last = trainer()) {
            last.start();
        }
        assertThat(served()).isEqualTo(version);
    }

    @Test
    void aVersionIsNotInTheRegistryBeforeThereIsASnapshotOfIt() throws Exception {
        Files.writeString(snapshots, "in the way");
        try (OnlineTrainer trainer =
                stage.trainer(EmbeddedVectorStore.inMemory(), metrics, "online.snapshot_interval=100ms")) {
            trainer.start();
            stage.send(Stage.example("e", "ann", "i", 1));
            await().atMost(LONG).until(() -> applied() == 1);
            assertThat(served()).isEqualTo(before);
            Files.delete(snapshots);
            assertThat(awaitServed()).startsWith("online-");
        }
    }

    @Test
    void aVersionThatHasLearnedAndWhoseSnapshotsAreGoneIsRefused() throws Exception {
        Process process = process(true);
        String version;
        try {
            version = awaitServed();
            stage.send(Stage.example("e", "ann", "i", 1));
            await().atMost(LONG).until(() -> stage.published(Kind.USER, "ann").isPresent());
        } finally {
            process.destroyForcibly().waitFor();
        }
        delete(snapshots);
        try (OnlineTrainer last = trainer()) {
            assertThatThrownBy(last::start)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("version " + version + " was served and there is no snapshot in ");
        }
    }

    private static void delete(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
