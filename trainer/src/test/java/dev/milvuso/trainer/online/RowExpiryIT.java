package dev.milvuso.trainer.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.milvuso.embedding.Kind;
import dev.milvuso.embedding.Removal;
import dev.milvuso.kafka.Removals;
import dev.milvuso.vector.SwitchedStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(Servers.class)
final class RowExpiryIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String[] SETTINGS = {"online.row_expiry=1h", "online.store_interval=20ms"};

    @TempDir
    Path folder;

    private final SwitchedStore store = new SwitchedStore();
    private final Instant now = Instant.now();
    private final Instant longAgo = now.minus(Duration.ofDays(2));

    private List<String> stored(Kind kind, String... ids) {
        try {
            return store.get("milvuso_" + kind.label() + "s", List.of(ids)).stream()
                    .map(entity -> entity.id())
                    .sorted()
                    .toList();
        } catch (IllegalArgumentException e) {
            return List.of("the collection is not there yet");
        }
    }

    /** What has come last under each row's key: whether it is gone. */
    private static Map<String, Boolean> gone(TopicReader log) throws Exception {
        Map<String, Boolean> gone = new TreeMap<>();
        for (ConsumerRecord<String, byte[]> record : log.records()) {
            if (!record.key().equals("activation") && !record.key().endsWith(":ranker")) {
                gone.put(record.key().substring(record.key().indexOf(':') + 1), record.value() == null);
            }
        }
        return gone;
    }

    @Test
    void aRowThatExpiresIsGoneFromTheLogAndTheStoreAndComesBackWithTheNextExample(Servers.Running servers)
            throws Exception {
        try (Stage stage = new Stage(servers, folder, List.of("kafka.partitions=1"));
                TopicReader log = stage.reader(stage.topics().embeddings().name());
                OnlineTrainer trainer = stage.trainer(store, new SimpleMeterRegistry(), SETTINGS)) {
            trainer.start();
            stage.send(
                    Stage.example("e1", "old:user", "old", 1, longAgo),
                    Stage.example("e2", "back", "returning", 1, longAgo));
            await().atMost(PATIENCE)
                    .until(() -> stored(Kind.USER, "old:user", "back").equals(List.of("back", "old:user")));

            stage.send(Stage.example("e3", "new", "fresh", 1, now), Stage.example("e4", "new", "fresh", 1, now));
            await().atMost(PATIENCE).until(() -> gone(log).getOrDefault("user:old:user", false));
            stage.send(Stage.example("e5", "back", "returning", 1, now));
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(gone(log))
                        .containsOnly(
                                Map.entry("user:old:user", true),
                                Map.entry("item:old", true),
                                Map.entry("user:back", false),
                                Map.entry("item:returning", false),
                                Map.entry("user:new", false),
                                Map.entry("item:fresh", false));
                assertThat(stored(Kind.USER, "old:user", "back", "new")).containsExactly("back", "new");
                assertThat(stored(Kind.ITEM, "old", "returning", "fresh")).containsExactly("fresh", "returning");
            });

            List<Removal> removals = new ArrayList<>();
            for (ConsumerRecord<String, byte[]> record : log.records()) {
                if (record.value() == null) {
                    removals.add(Removals.decode(record));
                }
            }
            assertThat(removals).extracting(Removal::id).contains("old:user", "old");
            assertThat(removals).allMatch(removal -> removal.epoch() > 0 && removal.step() > 0);
        }
    }

    @Test
    void aRowThatMakesRoomForAnotherIsGoneFromTheLogAndTheStoreAndCounted(Servers.Running servers) throws Exception {
        SimpleMeterRegistry metrics = new SimpleMeterRegistry();
        try (Stage stage = new Stage(servers, folder, List.of("kafka.partitions=1"));
                TopicReader log = stage.reader(stage.topics().embeddings().name());
                OnlineTrainer trainer =
                        stage.trainer(store, metrics, "online.max_rows=2", "online.store_interval=20ms")) {
            trainer.start();
            stage.send(
                    Stage.example("e1", "old", "old", 1, longAgo),
                    Stage.example("e2", "new", "fresh", 1, now.minusSeconds(100)));
            await().atMost(PATIENCE).until(() -> stored(Kind.USER, "old", "new").equals(List.of("new", "old")));
            stage.send(Stage.example("e3", "newer", "fresher", 1, now));
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(gone(log))
                        .containsOnly(
                                Map.entry("user:old", true),
                                Map.entry("item:old", true),
                                Map.entry("user:new", false),
                                Map.entry("item:fresh", false),
                                Map.entry("user:newer", false),
                                Map.entry("item:fresher", false));
                assertThat(stored(Kind.USER, "old", "new", "newer")).containsExactly("new", "newer");
            });
            assertThat(metrics.get("milvuso.training.rows.evicted")
                            .tag("kind", "user")
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
        }
    }

    /** Else the snapshot would no longer hold a row that readers go on with. */
    @Test
    void aRowThatExpiredWhileTheTrainerStoppedIsGoneFromTheLogWhenItHasStopped(Servers.Running servers)
            throws Exception {
        try (Stage stage = new Stage(servers, folder, List.of("kafka.partitions=1"));
                TopicReader log = stage.reader(stage.topics().embeddings().name())) {
            SimpleMeterRegistry metrics = new SimpleMeterRegistry();
            try (OnlineTrainer trainer =
                    stage.trainer(store, metrics, "online.row_expiry=1h", "online.sync_interval=1m")) {
                trainer.start();
                stage.send(Stage.example("e1", "old", "old", 1, longAgo), Stage.example("e2", "new", "new", 1, now));
                await().atMost(PATIENCE)
                        .until(() -> metrics.get("milvuso.training.examples.applied")
                                        .functionCounter()
                                        .count()
                                == 2);
            }
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(gone(log))
                            .containsEntry("user:old", true)
                            .containsEntry("item:old", true)
                            .containsEntry("user:new", false));
        }
    }

    @Test
    void anErasedUserIsGoneAndWhatTheyDidBeforeIsNotLearnedAgain(Servers.Running servers) throws Exception {
        try (Stage stage = new Stage(servers, folder, List.of("kafka.partitions=1"));
                TopicReader log = stage.reader(stage.topics().embeddings().name());
                OnlineTrainer trainer = stage.trainer(store, new SimpleMeterRegistry(), "online.store_interval=20ms")) {
            trainer.start();
            stage.send(
                    Stage.example("e1", "leaves", "item", 1, now.minusSeconds(60)),
                    Stage.example("e2", "stays", "item", 1, now.minusSeconds(60)));
            await().atMost(PATIENCE)
                    .until(() -> stored(Kind.USER, "leaves", "stays").equals(List.of("leaves", "stays")));

            stage.execute("insert into erased_user (user_id) values ('leaves')");
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(gone(log)).containsEntry("user:leaves", true).containsEntry("user:stays", false);
                assertThat(stored(Kind.USER, "leaves", "stays")).containsExactly("stays");
            });
            stage.send(
                    Stage.example("e3", "leaves", "item", 1, now.minusSeconds(30)),
                    Stage.example("e4", "last", "item", 1, now));
            await().atMost(PATIENCE).until(() -> stored(Kind.USER, "last").equals(List.of("last")));
            assertThat(gone(log)).containsEntry("user:leaves", true);

            stage.send(Stage.example("e5", "leaves", "item", 1, Instant.now().plusSeconds(60)));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(gone(log)).containsEntry("user:leaves", false));
        }
    }
}
