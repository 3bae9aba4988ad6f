package dev.milvuso.trainer.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.milvuso.codec.MalformedRecordException;
import dev.milvuso.embedding.RankerWeights;
import dev.milvuso.example.TrainingExample;
import dev.milvuso.ranker.Matching;
import dev.milvuso.vector.SwitchedStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the ranker learns comes onto the log, and outlives the trainer. */
@ExtendWith(Servers.class)
final class RankerIT {
    private static final int ITEMS = 200;
    private static final int FASHION = 10;

    @TempDir
    Path folder;

    private final SwitchedStore store = new SwitchedStore();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private Stage stage;
    private TopicReader reader;
    private OnlineTrainer trainer;

    @BeforeEach
    void make(Servers.Running servers) {
        stage = new Stage(servers, folder, List.of("ranking.learned_interval=100ms"));
        reader = stage.reader(stage.topics().embeddings().name());
        trainer = stage.trainer(store, metrics);
    }

    @AfterEach
    void close() {
        trainer.close();
        reader.close();
        stage.close();
    }

    /** Each item once; then whoever comes takes one of ten. */
    private void send(int from, int to) {
        stage.send(IntStream.range(from, to)
                .mapToObj(n -> Stage.example("e" + n, "u" + n % 50, "i" + (n < ITEMS ? n : n * 7 % FASHION), 1))
                .toArray(TrainingExample[]::new));
    }

    private Optional<RankerWeights> newest() {
        RankerWeights newest = null;
        for (ConsumerRecord<String, byte[]> record : reader.records()) {
            if (record.key().endsWith(":ranker") && decoded(record) instanceof RankerWeights weights) {
                newest = newest == null || weights.isNewerThan(newest) ? weights : newest;
            }
        }
        return Optional.ofNullable(newest);
    }

    private Object decoded(ConsumerRecord<String, byte[]> record) {
        try {
            return stage.topics().embeddings().codec().decode(record.value());
        } catch (MalformedRecordException e) {
            throw new AssertionError(e);
        }
    }

    private RankerWeights awaitLists(long lists) {
        return await().atMost(Duration.ofMinutes(1))
                .until(
                        this::newest,
                        found -> found.filter(weights -> weights.lists() >= lists)
                                .isPresent())
                .orElseThrow();
    }

    @Test
    void weightsAreOnTheLogUnderTheVersionsNameAndATrainerThatTakesOverGoesOnFromThem() {
        trainer.start();
        send(0, 3000);
        RankerWeights learned = awaitLists(2999);
        assertThat(learned.names()).isEqualTo(Matching.NAMES);
        assertThat(learned.key()).isEqualTo(learned.version() + ":ranker");
        assertThat(learned.isBetter()).isTrue();
        assertThat(learned.ranker()).isGreaterThan(learned.retrieval());
        assertThat(metrics.get("milvuso.online.ranker.better").gauge().value()).isEqualTo(1);
        trainer.close();

        trainer = stage.trainer(store, new SimpleMeterRegistry());
        trainer.start();
        RankerWeights again = await().atMost(Duration.ofMinutes(1))
                .until(
                        this::newest,
                        found -> found.filter(weights -> weights.epoch() > learned.epoch())
                                .isPresent())
                .orElseThrow();
        assertThat(again.version()).isEqualTo(learned.version());
        assertThat(again.parameters()).isEqualTo(learned.parameters());
        assertThat(again.lists()).isEqualTo(learned.lists());
        assertThat(again.isBetter()).isTrue();
    }
}
