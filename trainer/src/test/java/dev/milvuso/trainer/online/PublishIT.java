package dev.milvuso.trainer.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.milvuso.config.Config;
import dev.milvuso.embedding.Activation;
import dev.milvuso.embedding.Embedding;
import dev.milvuso.embedding.EmbeddingRecord;
import dev.milvuso.embedding.Kind;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.postgres.Database;
import dev.milvuso.trainer.archive.Archiver;
import dev.milvuso.trainer.batch.ModelDirectory;
import dev.milvuso.trainer.batch.TrainedModel;
import dev.milvuso.trainer.batch.Training;
import dev.milvuso.trainer.data.Histories;
import dev.milvuso.trainer.model.FactorModel;
import dev.milvuso.trainer.optimizer.Sgd;
import dev.milvuso.trainer.parameter.ParameterTable;
import dev.milvuso.trainer.registry.Activated;
import dev.milvuso.trainer.registry.HourOfModel;
import dev.milvuso.trainer.registry.RegisteredModel;
import dev.milvuso.trainer.registry.postgres.ActivationTable;
import dev.milvuso.trainer.registry.postgres.HourTable;
import dev.milvuso.trainer.registry.postgres.ModelTable;
import dev.milvuso.vector.SwitchedStore;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A version that was trained from files comes to be served, and goes again. */
@ExtendWith(Servers.class)
final class PublishIT {
    private static final int ITEMS = 6;
    private static final int WINDOW = 20;

    @TempDir
    Path folder;

    private final SwitchedStore store = new SwitchedStore();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final String batch =
            ModelVersion.BATCH + UUID.randomUUID().toString().substring(0, 8);
    private Stage stage;
    private Database database;
    private OnlineTrainer trainer;
    private int sent;

    @BeforeEach
    void make(Servers.Running servers) {
        stage = new Stage(
                servers,
                folder.resolve("online"),
                List.of("online.rehearsals=0", "registry.drift_events=" + WINDOW, "registry.drift_margin=0.5"));
        database = new Database(stage.config().postgres(), "publish-it");
        trainer = stage.trainer(store, metrics);
        trainer.start();
    }

    @AfterEach
    void close() {
        trainer.close();
        database.close();
        stage.close();
    }

    private void learn(int examples, String user) {
        for (int n = 0; n < examples; n++) {
            stage.send(Stage.example("e" + sent, user, "i" + sent % ITEMS, 1));
            sent++;
        }
        await().until(() -> applied() == sent);
    }

    private long applied() {
        return (long) metrics.get("milvuso.training.examples.applied")
                .functionCounter()
                .count();
    }

    /** Knows of two users and of an item that the log does not know. */
    private void register(double scale) {
        FactorModel factors = FactorModel.empty(8, new Sgd(), 3);
        List.of("old", "ann").forEach(factors.users()::findOrAdd);
        for (int n = 0; n <= ITEMS; n++) {
            int row = factors.items().findOrAdd("i" + n);
            float[] rows = factors.items().chunk(row);
            rows[factors.items().offset(row) + 7] = (float) (scale * n);
        }
        Path directory = folder.resolve(batch);
        new ModelDirectory(directory).write(new TrainedModel(factors, Histories.of(2, 2, new int[] {0, 1}, new int[] {
            ITEMS, ITEMS
        })));
        new ModelTable(database)
                .add(new RegisteredModel(
                        batch,
                        RegisteredModel.Origin.BATCH,
                        System.currentTimeMillis(),
                        Map.of("files", List.of("history.csv")),
                        Map.of(),
                        Map.of("epochs", 30),
                        42,
                        Map.of("loss", 0.3),
                        directory.toString()));
    }

    /** A version of what the archive holds, as {@code train --archive --register} makes it. */
    private ModelDirectory registerFromArchive() {
        Config config = stage.with(List.of(
                "archive.uri=" + folder.resolve("archive"), "archive.roll_interval=100ms", "training.epochs=3"));
        String topic = stage.topics().trainingExamples().name();
        try (Archiver archiver = new Archiver(config, new KafkaClients(config.kafka()), Map.of(), metrics)) {
            archiver.start();
            await().until(() -> metrics.find("milvuso.archive.records").counters().stream()
                            .mapToDouble(Counter::count)
                            .sum()
                    == sent);
        }
        ModelDirectory directory = new ModelDirectory(folder.resolve(batch));
        Training.runFromArchive(config, config.archive(), Map.of(), directory.path(), (epoch, loss, rate, left) -> {});
        new ModelTable(database)
                .add(new RegisteredModel(
                        batch,
                        RegisteredModel.Origin.BATCH,
                        System.currentTimeMillis(),
                        Map.of("archive", config.archive().uri()),
                        directory.cut().next().getOrDefault(topic, Map.of()),
                        Map.of("epochs", 3),
                        42,
                        Map.of("loss", 0.3),
                        directory.path().toString()));
        return directory;
    }

    private Activated ask(String version, String reason) {
        ActivationTable activations = new ActivationTable(database);
        long id = activations.ask(version, reason);
        return await().until(
                        () -> activations.find(id).orElseThrow(),
                        asked -> !asked.state().equals("asked"));
    }

    /** The version that learns, once the registry, which knows those of other tests, has heard of it. */
    private String awaitOnline() {
        return await().until(
                        this::served,
                        version -> stage.published().values().stream()
                                .anyMatch(row -> row.version().value().equals(version)));
    }

    private String served() {
        return new ActivationTable(database).served().map(Activated::version).orElse("");
    }

    private List<EmbeddingRecord> log() throws Exception {
        List<EmbeddingRecord> records = new ArrayList<>();
        try (TopicReader log = stage.reader(stage.topics().embeddings().name())) {
            for (ConsumerRecord<String, byte[]> record : log.recordsToEnd()) {
                records.add(stage.topics().embeddings().codec().decode(record.value()));
            }
        }
        return records;
    }

    private static Stream<Embedding> rows(List<EmbeddingRecord> records, String version, Kind kind) {
        return records.stream()
                .filter(Embedding.class::isInstance)
                .map(Embedding.class::cast)
                .filter(row -> row.version().value().equals(version) && row.kind() == kind);
    }

    @Test
    void aBatchVersionIsServedWithWhatTheLogHasSaidSinceItsCut() throws Exception {
        learn(30, "ann");
        learn(12, "new");
        String online = awaitOnline();
        register(0.1);
        assertThat(ask(batch, "publish").state()).isEqualTo("done");
        assertThat(served()).isEqualTo(batch);
        assertThat(applied()).isEqualTo(sent);

        List<EmbeddingRecord> records = log();
        assertThat(rows(records, batch, Kind.USER).map(Embedding::id).distinct())
                .containsExactlyInAnyOrder("old", "ann", "new");
        Activation last = records.stream()
                .filter(Activation.class::isInstance)
                .map(Activation.class::cast)
                .filter(activation -> activation.version().value().equals(batch))
                .findFirst()
                .orElseThrow();
        assertThat(last.items()).isEqualTo(ITEMS + 1);
        String items = new ModelVersion(batch).collection("milvuso", Kind.ITEM);
        assertThat(store.get(items, List.of("i0", "i" + ITEMS))).hasSize(2);
        assertThat(store.get("milvuso_items", List.of("i0")).get(0).fields()).containsEntry("model_version", online);

        learn(5, "new");
        trainer.close();
        assertThat(rows(log(), batch, Kind.USER).filter(row -> row.id().equals("new")))
                .hasSizeGreaterThan(1);
        List<HourOfModel> hours = new HourTable(database).of(online);
        assertThat(hours.stream().mapToLong(HourOfModel::examples).sum()).isEqualTo(42);
        assertThat(hours.get(0).loss()).isPositive();
    }

    /** As a joiner that has come back from a crash writes them. */
    @Test
    void repeatsBehindTheCutOfAnArchiveAreNotLearnedOnceMore() throws Exception {
        learn(20, "ann");
        ModelDirectory trained = registerFromArchive();
        for (int n = 0; n < 20; n++) {
            stage.send(Stage.example("e" + n, "ann", "i" + n % ITEMS, 1));
        }
        assertThat(ask(batch, "publish").state()).isEqualTo("done");
        ParameterTable users = trained.read().factors().users();
        int ann = users.find("ann");
        float[] row = Arrays.copyOfRange(users.chunk(ann), users.offset(ann), users.offset(ann) + users.dimension());
        assertThat(rows(log(), batch, Kind.USER))
                .isNotEmpty()
                .allSatisfy(published -> assertThat(published.vector()).isEqualTo(row));
    }

    @Test
    void aRollbackServesTheOlderVersionWithWhatItHasMissed() throws Exception {
        learn(20, "ann");
        String online = awaitOnline();
        register(0.1);
        ask(batch, "publish");
        learn(6, "late");
        assertThat(ask(online, "rollback").state()).isEqualTo("done");
        assertThat(served()).isEqualTo(online);
        assertThat(applied()).isEqualTo(sent);
        assertThat(rows(log(), online, Kind.USER).map(Embedding::id)).contains("late");
    }

    @Test
    void aVersionThatDoesWorseIsRolledBackOnceAndByItself() {
        // All of them look for the one item that comes again and again.
        for (int n = 0; n < 60; n++) {
            stage.send(Stage.example("same" + n, "ann", n % 3 == 0 ? "i" + n % 4 : "i1", n % 3 == 0 ? 0 : 1));
        }
        sent = 60;
        await().until(() -> applied() == 60);
        String online = awaitOnline();
        register(50);
        assertThat(ask(batch, "publish").baseline()).isPositive();
        for (int n = 0; n < WINDOW; n++) {
            stage.send(Stage.example("then" + n, "bob" + n, "i0", 1));
        }
        await().until(() -> served().equals(online));
        assertThat(metrics.get("milvuso.model.rollbacks").counter().count()).isEqualTo(1);
        assertThat(new ActivationTable(database).served().orElseThrow().reason())
                .isEqualTo("drift");
    }

    @Test
    void aVersionWhoseArtefactIsGoneIsRefusedAndTheOldOneStays() {
        learn(5, "ann");
        String online = awaitOnline();
        new ModelTable(database)
                .add(new RegisteredModel(
                        batch,
                        RegisteredModel.Origin.BATCH,
                        0,
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        1,
                        Map.of(),
                        folder.resolve("nothing").toString()));
        Activated refused = ask(batch, "publish");
        assertThat(refused.state()).isEqualTo("refused");
        assertThat(refused.message()).contains("is not a model directory");
        assertThat(served()).isEqualTo(online);
    }

    @Test
    void withoutItsSnapshotsATrainerDoesNotReplaceWhatWasServedByNothing() {
        learn(5, "ann");
        String online = awaitOnline();
        trainer.close();
        trainer = stage.trainer(
                store, metrics, "registry.start_anew=false", "online.snapshot_directory=" + folder.resolve("empty"));
        assertThatThrownBy(trainer::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(online)
                .hasMessageContaining("registry.start_anew=true");
        assertThat(served()).isEqualTo(online);
    }
}
