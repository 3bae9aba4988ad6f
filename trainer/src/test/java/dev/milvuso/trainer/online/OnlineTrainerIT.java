package dev.milvuso.trainer.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.milvuso.component.Health;
import dev.milvuso.config.ConfigException;
import dev.milvuso.embedding.Embedding;
import dev.milvuso.embedding.Kind;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.SwitchedStore;
import dev.milvuso.vector.learned.LearnedCollections;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(Servers.class)
final class OnlineTrainerIT {
    @TempDir
    Path folder;

    private final SwitchedStore store = new SwitchedStore();
    private SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private Stage stage;
    private OnlineTrainer trainer;

    @BeforeEach
    void make(Servers.Running servers) {
        stage = new Stage(servers, folder, List.of());
        trainer = stage.trainer(store, metrics);
    }

    @AfterEach
    void close() {
        trainer.close();
        stage.close();
    }

    /** A second process, as far as the trainer can tell. */
    private void anotherTrainer(String... settings) {
        trainer.close();
        metrics = new SimpleMeterRegistry();
        trainer = stage.trainer(store, metrics, settings);
    }

    private double counted(String name) {
        return metrics.get(name).functionCounter().count();
    }

    private void awaitApplied(long examples) {
        await().pollInterval(Duration.ofMillis(10))
                .until(() -> counted("milvuso.training.examples.applied") == examples);
    }

    private Embedding awaitPublished(Kind kind, String id) {
        return await().pollInterval(Duration.ofMillis(1))
                .until(() -> stage.published(kind, id), Optional::isPresent)
                .orElseThrow();
    }

    private List<Entity> stored(Kind kind, String id) {
        String collection = "milvuso_" + kind.label() + "s";
        return store.describe(collection).isEmpty() ? List.of() : store.get(collection, List.of(id));
    }

    @Test
    void aCollectionOfOtherVectorsStopsTheStartWithASentenceThatNamesTheField() {
        store.create(LearnedCollections.schema(stage.with(List.of("training.metric=cosine")), "milvuso_users"));
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(trainer::start)
                .withMessageStartingWith(
                        "collection milvuso_users is there with another schema: vector field vector is ")
                .satisfies(refusal -> assertThat(refusal).message().hasLineCount(1));
    }

    @Test
    void aStoreThatIsAwayHoldsNoStartUpAndWhatIsOtherwiseThereIsSeenInTheHealth() {
        store.create(LearnedCollections.schema(stage.with(List.of("training.metric=cosine")), "milvuso_users"));
        store.hang();
        trainer.start();
        stage.send(Stage.example("e1", "ann", "x", 1));
        awaitApplied(1);
        store.comeBack();
        await().until(() -> trainer.health() instanceof Health.Degraded degraded
                && degraded.reason().contains("vector field vector is "));
    }

    @Test
    void aRepeatedExampleCountsOnce() {
        trainer.start();
        for (int round = 0; round < 3; round++) {
            stage.send(Stage.example("e1", "ann", "x", 1), Stage.example("e2", "ann", "y", 0));
        }
        await().until(() ->
                metrics.get("milvuso.training.examples.repeated").counter().count() == 4);
        assertThat(counted("milvuso.training.examples.applied")).isEqualTo(2);
    }

    /** Nothing else that writes comes while the test runs. */
    @Test
    void rowsReachTheLogAtOnceAndTheStoreSoonAfter() {
        anotherTrainer("online.background_sync_interval=1m", "online.snapshot_interval=1d");
        trainer.start();
        for (int n = 0; n < 15; n++) {
            stage.send(Stage.example("e" + n, "u" + n, "i" + n % 3, 1));
            assertThat(awaitPublished(Kind.USER, "u" + n).acceptedAt()).isPositive();
        }
        await().ignoreException(IllegalArgumentException.class) // The first rows make the collection.
                .untilAsserted(() -> assertThat(stored(Kind.USER, "u14"))
                        .singleElement()
                        .satisfies(row -> assertThat(row.vector())
                                .isEqualTo(stage.published(Kind.USER, "u14")
                                        .orElseThrow()
                                        .vector())));
        await().untilAsserted(() -> assertThat(trainer.health()).isEqualTo(new Health.Up()));
    }

    /** Meters hold what they look at weakly; a collection must not still them. */
    @Test
    void everyMetricTellsAndGoesOnAfterAGarbageCollection() {
        trainer.start();
        for (int n = 0; n < 40; n++) {
            stage.send(Stage.example("e" + n, "u" + n % 4, "i" + n % 8, 1));
        }
        awaitApplied(40);
        System.gc();
        stage.send(Stage.example("e40", "u0", "i0", 1));
        awaitApplied(41);
        assertThat(counted("milvuso.training.samples")).isGreaterThan(41);
        assertThat(gauge("milvuso.training.loss")).isPositive();
        assertThat(gauge("milvuso.online.ndcg")).isBetween(0.0, 1.0);
        assertThat(metrics.get("milvuso.training.rows")
                        .tag("kind", "item")
                        .gauge()
                        .value())
                .isEqualTo(8);
        await().until(() -> gauge("milvuso.training.lag") == 0);
        trainer.close();
        assertThat(metrics.get("milvuso.training.snapshot").timer().count()).isPositive();
    }

    private double gauge(String name) {
        return metrics.get(name).gauge().value();
    }

    @Test
    void aPoisonRecordIsPutAsideAndStopsNothing() {
        List<String> poison = List.of(
                "poison",
                "",
                "{\"schema\":2}",
                "{\"schema\":1}",
                "[]",
                "{\"schema\":1,\"example_id\":\"e\",\"event_ids\":[\"e\"],\"user_id\":\"u\",\"item_id\":\"i\","
                        + "\"label\":7,\"weight\":1,\"timestamp\":1}");
        trainer.start();
        assertThat(metrics.get("milvuso.dlq.records").counter().count()).isZero();
        assertThat(metrics.getMeters())
                .allSatisfy(meter -> assertThat(meter.getId().getDescription())
                        .as(meter.getId().getName())
                        .isNotBlank());
        stage.send(Stage.example("before", "ann", "x", 1));
        poison.forEach(text -> stage.send("ann", text.getBytes(StandardCharsets.UTF_8)));
        stage.send("ann", new byte[] {(byte) 0xff, 0, 1});
        stage.send(Stage.example("after", "ann", "y", 1));
        awaitApplied(2);

        try (TopicReader letters =
                stage.reader(stage.topics().trainingExamples().deadLetters())) {
            await().until(() -> letters.records().size() == poison.size() + 1);
            assertThat(letters.records().stream()
                            .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                            .limit(poison.size()))
                    .containsExactlyElementsOf(poison);
            assertThat(letters.records())
                    .allMatch(record -> !header(record, "milvuso-reason").isEmpty());
            assertThat(header(letters.records().get(5), "milvuso-reason")).isEqualTo("label is 7.0: must be 0 or 1");
            assertThat(header(letters.records().get(5), "milvuso-topic"))
                    .isEqualTo(stage.topics().trainingExamples().name());
        }
        assertThat(metrics.get("milvuso.dlq.records").counter().count()).isEqualTo(poison.size() + 1);
        assertThat(trainer.health()).isEqualTo(new Health.Up());
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    @Test
    void aStoreThatIsDownDelaysAndLosesNothing() {
        store.goAway();
        trainer.start();
        for (int n = 0; n < 30; n++) {
            stage.send(Stage.example("e" + n, "u" + n, "i" + n % 3, 1));
        }
        awaitPublished(Kind.USER, "u29");
        await().untilAsserted(() -> assertThat(trainer.health())
                .isEqualTo(new Health.Degraded("the vector store does not take vectors: the vector store is down")));

        store.comeBack();
        await().untilAsserted(() -> {
            assertThat(trainer.health()).isEqualTo(new Health.Up());
            assertThat(store.count("milvuso_users")).isEqualTo(30);
            assertThat(store.count("milvuso_items")).isEqualTo(3);
        });

        store.goAway();
        stage.send(Stage.example("again", "u0", "i0", 1));
        await().until(() -> trainer.health() instanceof Health.Degraded);
        store.comeBack();
        await().untilAsserted(() -> assertThat(stored(Kind.USER, "u0").get(0).vector())
                .isEqualTo(stage.published(Kind.USER, "u0").orElseThrow().vector()));
        await().untilAsserted(() -> assertThat(trainer.health()).isEqualTo(new Health.Up()));
    }

    @Test
    void theIntervalsAreThoseOfTheConfiguration() {
        anotherTrainer(
                "online.sync_interval=1m",
                "online.background_sync_interval=1m",
                "online.store_interval=10m",
                "online.snapshot_interval=1d");
        trainer.start();
        learn(0, 1);
        awaitPublished(Kind.USER, "u0");
        learn(1, 7);
        assertThat(stage.published()).hasSize(2);
        // The first holds nothing yet.
        assertThat(folder.resolve("snapshot")).exists();
        assertThat(folder.resolve("snapshot.previous")).doesNotExist();

        trainer.close();
        await().until(() -> stage.published().size() == 7 + 5);
        assertThat(folder.resolve("snapshot.previous")).exists();
        assertThat(store.count("milvuso_users")).isEqualTo(7);
    }

    @Test
    void aSnapshotThatCannotBeWrittenDegradesAndStopsNothing() throws Exception {
        Path file = Files.writeString(folder.resolve("in-the-way"), "a file");
        anotherTrainer("online.snapshot_directory=" + file, "online.snapshot_interval=100ms");
        trainer.start();
        learn(0, 5);
        await().until(() -> trainer.health() instanceof Health.Degraded);
        assertThat(((Health.Degraded) trainer.health()).reason())
                .startsWith("the trainer's snapshot cannot be written to " + file);
        Files.delete(file);
        learn(5, 10);
        await().untilAsserted(() -> assertThat(trainer.health()).isEqualTo(new Health.Up()));
        assertThat(file.resolve("snapshot")).exists();
    }

    @Test
    void aTrainerThatIsOvertakenStandsByAndLeavesTheSnapshotToTheNewerOne() {
        // It looks five times in that time, and nobody on a busy machine goes without the processor for so long.
        anotherTrainer("registry.instance=same", "registry.lease_time=5s");
        trainer.start();
        learn(0, 5);
        OnlineTrainer older = trainer;
        metrics = new SimpleMeterRegistry();
        trainer = stage.trainer(store, metrics, "registry.instance=same");
        trainer.start();
        await().untilAsserted(() -> assertThat(older.health()).isInstanceOf(Health.Standby.class));
        awaitApplied(5);
        learn(5, 9);
        older.close();
        trainer.close();

        anotherTrainer();
        trainer.start();
        awaitApplied(9);
        learn(9, 10);
        assertThat(metrics.get("milvuso.training.examples.repeated").counter().count())
                .isZero();
    }

    @Test
    void aSecondTrainerStandsByUntilTheFirstEndsAndGoesOnWithItsSnapshot() {
        trainer.start();
        learn(0, 5);
        SimpleMeterRegistry other = new SimpleMeterRegistry();
        try (OnlineTrainer second = stage.trainer(store, other)) {
            second.start();
            assertThat(second.health().status()).isEqualTo("STANDBY");
            learn(5, 8);
            assertThat(other.get("milvuso.training.examples.applied")
                            .functionCounter()
                            .count())
                    .isZero();

            trainer.close();
            await().untilAsserted(() -> assertThat(second.health()).isEqualTo(new Health.Up()));
            assertThat(other.get("milvuso.training.examples.applied")
                            .functionCounter()
                            .count())
                    .isEqualTo(8);
        }
    }

    /** Leaves two snapshots behind, the newest with ten more examples than the one before. */
    private void learnThirtyInTwoRuns() {
        trainer.start();
        learn(0, 20);
        anotherTrainer();
        trainer.start();
        learn(20, 30);
        trainer.close();
    }

    private void learn(int from, int to) {
        for (int n = from; n < to; n++) {
            stage.send(Stage.example("e" + n, "u" + n % 7, "i" + n % 5, n % 3 == 0 ? 0 : 1));
        }
        awaitApplied(to);
    }

    @Test
    void aCleanRestartGoesOnWhereItWas() {
        learnThirtyInTwoRuns();
        anotherTrainer();
        trainer.start();
        learn(30, 31);
        assertThat(metrics.get("milvuso.training.examples.repeated").counter().count())
                .isZero();
    }

    @Test
    void ofADamagedSnapshotTheOneBeforeIsUsedAndTheRestLearntAnew() throws Exception {
        learnThirtyInTwoRuns();
        Path newest = folder.resolve("snapshot");
        byte[] bytes = Files.readAllBytes(newest);
        bytes[bytes.length / 2] ^= 1;
        Files.write(newest, bytes);

        anotherTrainer();
        trainer.start();
        learn(30, 31);
        assertThat(trainer.health()).isEqualTo(new Health.Up());
    }

    @Test
    void ifNoSnapshotCanBeUsedItSaysSoAndDoesNotBeginAnew() throws Exception {
        learnThirtyInTwoRuns();
        for (String name : List.of("snapshot", "snapshot.previous")) {
            Files.write(folder.resolve(name), "half".getBytes(StandardCharsets.UTF_8));
        }
        anotherTrainer();
        assertThatThrownBy(trainer::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no snapshot in " + folder + " can be used")
                .hasMessageContaining("it is not a snapshot");
        assertThat(trainer.health()).isInstanceOf(Health.Down.class);
        assertThat(folder.resolve("snapshot")).hasContent("half");
    }

    @Test
    void aSnapshotOfAnotherOptimizerIsRefusedByName() {
        learnThirtyInTwoRuns();
        anotherTrainer("online.optimizer=adam");
        assertThatThrownBy(trainer::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("of optimizer state");
    }
}
