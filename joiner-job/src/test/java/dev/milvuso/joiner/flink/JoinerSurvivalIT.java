package dev.milvuso.joiner.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.milvuso.action.EventId;
import dev.milvuso.embedded.EmbeddedKafka;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What has been joined and seen outlives topics that grow and processes that are killed. */
class JoinerSurvivalIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int USERS = 50;

    @TempDir
    private static Path directory;

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void startBroker() {
        kafka = new EmbeddedKafka(directory.resolve("kafka"), 0);
        kafka.start();
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @Test
    void topicsMayGrowWhileTheJobRunsAndAfterItRestarts() throws Exception {
        try (TestTopics topics = topics("rocksdb")) {
            try (JoinerJob job = job(topics)) {
                job.start();
                seen(topics, "first");
                clicked(topics, "first");
                seen(topics, "second");
                awaitExamples(topics, "first");
                List<Integer> before = partitions(topics);

                topics.grow(7);
                assertThat(partitions(topics)).isNotEqualTo(before);
                clicked(topics, "first");
                clicked(topics, "second");
                seen(topics, "third");
                awaitExamples(topics, "second");
                awaitCheckpoint(topics);
            }
            topics.grow(11);
            try (JoinerJob again = job(topics)) {
                again.start();
                clicked(topics, "first");
                clicked(topics, "second");
                clicked(topics, "third");
                seen(topics, "unanswered");
                awaitExamples(topics, "third");
                await().atMost(PATIENCE).until(() -> {
                    topics.beat(Instant.now().plus(Duration.ofMinutes(5)));
                    return topics.poll().examplesOfEvents().size() == 7 * USERS;
                });
            }
            assertEachEventUnderOneExample(topics);
            assertAnswersNameTheirImpressions(topics, "first", "second", "third");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hashmap", "rocksdb"})
    void aKilledProcessGoesOnFromItsLatestCheckpoint(String backend) throws Exception {
        try (TestTopics topics = topics(backend)) {
            JoinerProcess first = new JoinerProcess(topics.settings());
            try {
                seen(topics, "first");
                clicked(topics, "first");
                seen(topics, "second");
                awaitExamples(topics, "first");
                awaitCheckpoint(topics);
                seen(topics, "third");
                clicked(topics, "third");
            } finally {
                first.kill();
            }
            clicked(topics, "first");
            clicked(topics, "second");
            clicked(topics, "third");
            JoinerProcess second = new JoinerProcess(topics.settings());
            try {
                awaitExamples(topics, "second");
                awaitExamples(topics, "third");
            } finally {
                second.kill();
            }
            assertEachEventUnderOneExample(topics);
            assertAnswersNameTheirImpressions(topics, "first", "second", "third");
            assertThat(IntStream.range(0, USERS).mapToObj(user -> topics.timesWritten("click-first-" + user)))
                    .as("what lay behind the checkpoint is not read again, and is remembered")
                    .containsOnly(1);
        }
    }

    private static TestTopics topics(String backend) {
        return new TestTopics(
                kafka.bootstrap(),
                directory,
                "joiner.state_backend=" + backend,
                "joiner.feature_wait=20s",
                "joiner.impression_window=4m");
    }

    private static JoinerJob job(TestTopics topics) {
        return new JoinerJob(topics.config(), new SimpleMeterRegistry());
    }

    private static void seen(TestTopics topics, String round) {
        post(topics, round, "seen", "Impression");
    }

    /** The second time everything is a repeat. */
    private static void clicked(TestTopics topics, String round) {
        post(topics, round, "click", "Click");
    }

    private static void post(TestTopics topics, String round, String what, String type) {
        for (int user = 0; user < USERS; user++) {
            String suffix = "-" + round + "-" + user;
            topics.post(what + suffix, "user-" + user, "item", type, Optional.of("request" + suffix), Instant.now());
            topics.features(what + suffix, "user-" + user, "{\"a\":1}");
        }
        topics.beat();
    }

    private static List<Integer> partitions(TestTopics topics) {
        return IntStream.range(0, USERS)
                .mapToObj(user -> topics.partitionOf("user-" + user))
                .toList();
    }

    private static void awaitExamples(TestTopics topics, String round) {
        await().atMost(PATIENCE)
                .until(() -> topics.poll().examples().keySet().stream()
                                .filter(id -> id.startsWith("click-" + round))
                                .count()
                        == USERS);
    }

    /** One that began after this call: the next may have begun before it. */
    private static void awaitCheckpoint(TestTopics topics) {
        long before = latestCheckpoint(topics);
        await().atMost(PATIENCE).until(() -> latestCheckpoint(topics) >= before + 2);
    }

    private static long latestCheckpoint(TestTopics topics) {
        Path root = Path.of(topics.config().joiner().checkpointDirectory());
        return new Checkpoints(root)
                .complete().stream()
                        .findFirst()
                        .map(newest ->
                                Long.parseLong(newest.getFileName().toString().substring("chk-".length())))
                        .orElse(0L);
    }

    private static void assertEachEventUnderOneExample(TestTopics topics) {
        assertThat(topics.examplesOfEvents())
                .allSatisfy((event, examples) -> assertThat(examples).as(event).hasSize(1));
    }

    private static void assertAnswersNameTheirImpressions(TestTopics topics, String... rounds) {
        for (String round : rounds) {
            for (int user = 0; user < USERS; user++) {
                String suffix = "-" + round + "-" + user;
                assertThat(topics.example("click" + suffix).eventIds())
                        .containsExactly(new EventId("click" + suffix), new EventId("seen" + suffix));
                assertThat(topics.example("click" + suffix).features()).contains("{\"a\":1}");
            }
        }
    }
}
