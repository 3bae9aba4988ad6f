package dev.milvuso.trainer.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.milvuso.component.Health;
import dev.milvuso.config.Config;
import dev.milvuso.embedded.EmbeddedKafka;
import dev.milvuso.trainer.batch.ModelDirectory;
import dev.milvuso.trainer.batch.Training;
import dev.milvuso.trainer.batch.TrainingResult;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.parquet.example.data.Group;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every record of the log lies in the archive once. */
class ArchiverIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int KILLS = 3;

    @TempDir
    static Path servers;

    @TempDir
    Path folder;

    private static EmbeddedKafka kafka;

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    @BeforeAll
    static void start() {
        kafka = new EmbeddedKafka(servers.resolve("kafka"), 0);
        kafka.start();
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    private static void awaitAll(ArchiveStage stage) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(stage.archivedOffsets()).isEqualTo(stage.sentOffsets()));
    }

    private static void assertOnce(ArchiveStage stage) {
        // Sorted: to look for each row among all the others takes longer than the rest of the test.
        assertThat(stage.archived().stream().sorted().toList())
                .isEqualTo(stage.sent().stream().sorted().toList());
    }

    private double count(String name) {
        return metrics.find("milvuso.archive." + name).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    @Test
    void whateverIsKilledUnderLoadNoRecordIsLostOrDoubled() throws Exception {
        AtomicInteger next = new AtomicInteger();
        SplittableRandom random = new SplittableRandom(3);
        ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();
        try (ArchiveStage stage = new ArchiveStage(
                kafka.bootstrap(), folder, "archive.roll_bytes=20000", "archive.roll_interval=100ms")) {
            var sending = sender.scheduleWithFixedDelay(
                    () -> stage.send(next.getAndIncrement()), 0, 1, TimeUnit.MILLISECONDS);
            for (int kill = 0; kill < KILLS; kill++) {
                int before = stage.files().size();
                Process process = ArchiverProcess.start(stage.settings());
                try {
                    await().atMost(PATIENCE)
                            .pollInterval(Duration.ofMillis(random.nextInt(20, 90)))
                            .until(() -> stage.files().size() > before + random.nextInt(1, 8));
                } finally {
                    process.destroyForcibly().waitFor();
                    stage.buryDeadArchivers();
                }
            }
            sending.cancel(false);
            sender.shutdown();
            assertThat(sender.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
            stage.flush();
            try (Archiver last = stage.archiver(metrics)) {
                last.start();
                awaitAll(stage);
            }
            assertThat(stage.sent()).hasSizeGreaterThan(500);
            assertOnce(stage);
        } finally {
            sender.shutdownNow();
        }
    }

    /** Closing is what is tried. */
    @Test
    @SuppressWarnings("try")
    void twoArchiversShareTheLogAndEachRecordLiesInItOnce() {
        try (ArchiveStage stage = new ArchiveStage(kafka.bootstrap(), folder);
                Archiver one = stage.archiver(metrics);
                Archiver other = stage.archiver(new SimpleMeterRegistry())) {
            one.start();
            for (int n = 0; n < 100; n++) {
                stage.send(n);
            }
            awaitAll(stage);
            other.start();
            for (int n = 100; n < 300; n++) {
                stage.send(n);
            }
            awaitAll(stage);
            one.close();
            for (int n = 300; n < 400; n++) {
                stage.send(n);
            }
            awaitAll(stage);
            assertOnce(stage);
        }
    }

    @Test
    void poisonIsKeptAsItIsAndCounted() {
        try (ArchiveStage stage = new ArchiveStage(kafka.bootstrap(), folder);
                Archiver archiver = stage.archiver(metrics)) {
            String topic = stage.topics().trainingExamples().name();
            stage.send(ArchiveStage.example("e", "ann", "x", 1));
            stage.send(topic, "ann", new byte[] {(byte) 0xff, 0, 1});
            stage.send(topic, "ann", "{\"schema\":2}".getBytes(StandardCharsets.UTF_8));
            stage.flush();
            archiver.start();
            awaitAll(stage);
            assertOnce(stage);
            assertThat(count("malformed")).isEqualTo(2);
            await().untilAsserted(() -> assertThat(count("records")).isEqualTo(3));
            await().until(() -> metrics.get("milvuso.archive.lag").gauge().value() == 0);
            assertThat(archiver.health()).isEqualTo(new Health.Up());
            Group row = ArchiveStage.groups(stage.files().get(0)).get(0);
            assertThat(row.getString("user_id", 0)).isEqualTo("ann");
            assertThat(row.getInteger("label", 0)).isEqualTo(1);
        }
    }

    /** Closing is what is tried. */
    @Test
    @SuppressWarnings("try")
    void everyDayHasItsFolderAndAClockThatJittersMakesNoMore() {
        try (ArchiveStage stage = new ArchiveStage(kafka.bootstrap(), folder, "archive.roll_interval=1d");
                Archiver archiver = stage.archiver(metrics)) {
            String topic = stage.topics().userActions().name();
            for (String time : List.of("20T23:59:59Z", "21T00:00:01Z", "20T23:59:59Z", "21T00:00:02Z")) {
                stage.send(topic, 0, Instant.parse("2026-11-" + time), new byte[] {1});
            }
            archiver.start();
            await().atMost(PATIENCE).until(() -> count("records") == 1);
            archiver.close();
            assertThat(stage.files().stream()
                            .map(file -> folder.relativize(file).toString()))
                    .containsExactly(
                            topic + "/day=2026-11-20/" + topic + ".p0.0000000000000000000-0000000000000000000.parquet",
                            topic + "/day=2026-11-21/" + topic + ".p0.0000000000000000001-0000000000000000003.parquet");
            assertOnce(stage);
        }
    }

    @Test
    void aStoreThatIsAwayIsWaitedForAndSaidInHealth() throws IOException {
        Path inTheWay = Files.writeString(folder.resolve("file"), "a file");
        try (ArchiveStage stage = new ArchiveStage(kafka.bootstrap(), inTheWay.resolve("archive"));
                Archiver archiver = stage.archiver(metrics)) {
            stage.send(1);
            archiver.start();
            await().atMost(PATIENCE)
                    .until(() -> count("failures") > 0
                            && archiver.health() instanceof Health.Degraded degraded
                            && degraded.reason().startsWith("nothing is archived at the moment"));
            Files.delete(inTheWay);
            awaitAll(stage);
            assertOnce(stage);
            await().untilAsserted(() -> assertThat(archiver.health()).isEqualTo(new Health.Up()));
        }
    }

    @Test
    void theArchiveOfAnotherLogIsNotGoneOnWith() throws IOException {
        try (ArchiveStage stage = new ArchiveStage(kafka.bootstrap(), folder);
                Archiver archiver = stage.archiver(metrics)) {
            String topic = stage.topics().userActions().name();
            Path day = Files.createDirectories(folder.resolve(topic + "/day=2026-11-21"));
            Files.writeString(
                    day.resolve(topic + ".p0.0000000000000000000-0000000000000000099.parquet"), "of another log");
            archiver.start();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(archiver.health())
                            .isEqualTo(new Health.Degraded("nothing is archived at the moment: " + topic
                                    + "-0 ends at 0 and the archive holds it up to 100: archive.uri is the archive of"
                                    + " another log, name another place")));
        }
    }

    @Test
    void trainingReadsEachExampleOnceAndTheModelSaysHowFarItGoes() {
        try (ArchiveStage stage = new ArchiveStage(kafka.bootstrap(), folder);
                Archiver archiver = stage.archiver(metrics)) {
            train(stage, archiver, Map.of());
        }
    }

    @Test
    void trainingReadsAnArchiveInS3() throws Exception {
        try (StandInS3 s3 = new StandInS3();
                ArchiveStage stage = new ArchiveStage(
                        kafka.bootstrap(), folder, s3.settings("training").toArray(String[]::new));
                Archiver archiver = stage.archiver(metrics)) {
            train(stage, archiver, StandInS3.environment());
        }
    }

    private void train(ArchiveStage stage, Archiver archiver, Map<String, String> environment) {
        archiver.start();
        for (int n = 0; n < 60; n++) {
            stage.send(ArchiveStage.example("e" + n, "u" + n % 20, "i" + n % 9, n % 3 == 0 ? 0 : 1));
        }
        stage.send(ArchiveStage.example("e1", "u1", "i1", 1));
        stage.send(stage.topics().trainingExamples().name(), "u1", new byte[] {1});
        stage.flush();
        await().atMost(PATIENCE).until(() -> count("records") == 62);
        archiver.close();

        Config config = stage.with("training.epochs=2");
        Path model = folder.resolve("model");
        TrainingResult result =
                Training.runFromArchive(config, config.archive(), environment, model, (epoch, loss, rate, left) -> {});
        assertThat(result.interactions()).isEqualTo(40);
        assertThat(result.notPositive()).isEqualTo(20);
        assertThat(result.skipped()).isEqualTo(1);
        String topic = stage.topics().trainingExamples().name();
        Map<Integer, Long> cut = new ModelDirectory(model).cut().next().getOrDefault(topic, Map.of());
        assertThat(cut.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(62);
        assertThat(new ModelDirectory(model).read().factors().users().size()).isEqualTo(20);
        assertThat(new ModelDirectory(model).cut().recent()).hasSize(61).contains("e0", "e59");
        // The last five of both partitions, but one is no example.
        assertThat(ArchivedExamples.read(config.archive(), environment, topic, 10)
                        .cut()
                        .recent())
                .hasSize(9)
                .contains("e1", "e59")
                .doesNotContain("e0");
    }
}
