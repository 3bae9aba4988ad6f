package dev.milvuso.joiner.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.milvuso.embedded.EmbeddedKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code flink run} of the job jar on a cluster that has nothing of ours. */
class FlinkClusterIT {
    private static final Pattern JOB_ID = Pattern.compile("JobID ([0-9a-f]{32})");

    @TempDir
    private static Path directory;

    @Test
    void theJobJarRunsOnAFlinkCluster() throws Exception {
        try (EmbeddedKafka kafka = new EmbeddedKafka(directory.resolve("kafka"), 0);
                FlinkCluster cluster = new FlinkCluster(directory.resolve("flink"))) {
            kafka.start();
            try (TestTopics topics = new TestTopics(kafka.bootstrap(), directory)) {
                String job = submit(cluster, topics);
                topics.post("like-1", "u", "item", "Like", Optional.empty(), Instant.now());
                topics.features("like-1", "u", "{\"a\":1}");

                await().atMost(Duration.ofMinutes(2))
                        .until(() -> topics.poll().examples().containsKey("like-1"));

                assertThat(topics.example("like-1").label()).isEqualTo(1);
                assertThat(cluster.flink("cancel", job)).contains("Cancelled job " + job);
            }
        }
    }

    private static String submit(FlinkCluster cluster, TestTopics topics) throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of("run", "-d", FlinkCluster.jobJar().toString()));
        for (String setting : topics.settings()) {
            arguments.addAll(List.of("--set", setting));
        }
        String printed = cluster.flink(arguments.toArray(String[]::new));
        Matcher id = JOB_ID.matcher(printed);
        assertThat(id.find()).as(printed).isTrue();
        return id.group(1);
    }
}
