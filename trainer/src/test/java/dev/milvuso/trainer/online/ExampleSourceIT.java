package dev.milvuso.trainer.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.milvuso.example.TrainingExample;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.trainer.online.kafka.EmbeddingSink;
import dev.milvuso.trainer.online.kafka.ExampleSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(Servers.class)
final class ExampleSourceIT {
    @TempDir
    Path folder;

    private interface Use {
        void of(ExampleSource source, KafkaClients clients) throws Exception;
    }

    private static void withSource(Stage stage, Map<Integer, Long> next, Use use) throws Exception {
        KafkaClients clients = new KafkaClients(stage.config().kafka());
        try (EmbeddingSink sink = new EmbeddingSink(stage.topics().embeddings(), clients);
                ExampleSource source = new ExampleSource(
                        stage.topics().trainingExamples(),
                        clients,
                        sink.deadLetters(
                                new SimpleMeterRegistry(), stage.topics().trainingExamples()),
                        next)) {
            use.of(source, clients);
        }
    }

    private static List<String> ids(List<TrainingExample> examples) {
        return examples.stream().map(TrainingExample::exampleId).toList();
    }

    @Test
    void aPollGivesNoMoreThanABatchAndTheOffsetsGoNoFurtherThanWhatItGave(Servers.Running servers) throws Exception {
        try (Stage stage = new Stage(servers, folder, List.of("kafka.partitions=1"))) {
            for (int n = 0; n < 7; n++) {
                stage.send(Stage.example("e" + n, "u", "i", 1));
            }
            withSource(stage, Map.of(), (source, clients) -> {
                List<TrainingExample> first = new ArrayList<>();
                await().until(() -> first.addAll(source.poll(Duration.ofMillis(100), 3)));
                assertThat(ids(first)).containsExactly("e0", "e1", "e2");
                assertThat(source.next()).isEqualTo(Map.of(0, 3L));
                assertThat(source.lag()).isEqualTo(4);
                assertThat(ids(source.poll(Duration.ZERO, 3))).containsExactly("e3", "e4", "e5");
                assertThat(source.next()).isEqualTo(Map.of(0, 6L));
            });
            withSource(stage, Map.of(0, 6L), (source, clients) -> {
                List<TrainingExample> rest = new ArrayList<>();
                await().until(() -> rest.addAll(source.poll(Duration.ofMillis(100), 3)));
                assertThat(ids(rest)).containsExactly("e6");
                assertThat(source.lag()).isZero();
            });
        }
    }

    @Test
    void aBatchWaitsForMoreUntilItIsFullOrItsTimeIsOver(Servers.Running servers) throws Exception {
        try (Stage stage = new Stage(servers, folder, List.of("kafka.partitions=1"))) {
            stage.send(Stage.example("e0", "u", "i", 1));
            withSource(stage, Map.of(), (source, clients) -> {
                CompletableFuture<Void> late = CompletableFuture.runAsync(
                        () -> stage.send(Stage.example("e1", "u", "j", 1)),
                        CompletableFuture.delayedExecutor(700, TimeUnit.MILLISECONDS));
                List<TrainingExample> full = new ArrayList<>();
                await().until(() -> full.addAll(source.poll(Duration.ofMillis(100), Duration.ofSeconds(20), 2)));
                assertThat(ids(full)).containsExactly("e0", "e1");
                late.get(60, TimeUnit.SECONDS);
                stage.send(Stage.example("e2", "u", "k", 1));
                List<TrainingExample> part = new ArrayList<>();
                await().until(() -> part.addAll(source.poll(Duration.ofMillis(100), Duration.ofMillis(50), 2)));
                assertThat(ids(part)).containsExactly("e2");
            });
        }
    }

    @Test
    void partitionsThatAreAddedAreReadFromTheirBeginning(Servers.Running servers) throws Exception {
        try (Stage stage = new Stage(servers, folder, List.of("kafka.partitions=1"))) {
            stage.send(Stage.example("e", "u", "i", 1));
            withSource(stage, Map.of(), (source, clients) -> {
                Set<String> seen = new HashSet<>();
                await().until(() -> seen.addAll(ids(source.poll(Duration.ofMillis(100), 100))));
                try (Admin admin = clients.admin("trainer-it")) {
                    admin.createPartitions(
                                    Map.of(stage.topics().trainingExamples().name(), NewPartitions.increaseTo(4)))
                            .all()
                            .get(20, TimeUnit.SECONDS);
                }
                Set<String> sent = new HashSet<>(Set.of("e"));
                await().atMost(Duration.ofMinutes(1)).until(() -> {
                    String id = "e" + sent.size();
                    stage.send(Stage.example(id, "user" + sent.size(), "i", 1));
                    sent.add(id);
                    seen.addAll(ids(source.poll(Duration.ofMillis(50), 100)));
                    return source.next().size() == 4;
                });
                await().until(() -> {
                    seen.addAll(ids(source.poll(Duration.ofMillis(50), 100)));
                    return seen.equals(sent);
                });
            });
        }
    }
}
