package dev.milvuso.kafka;

import dev.milvuso.component.Unavailable;
import dev.milvuso.config.KafkaConfig;
import dev.milvuso.topic.Topics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Makes the topics that are not there yet. Every deployable calls it at its start, so that their order does not matter.
 */
public final class TopicCreator {
    private static final int TIMEOUT_SECONDS = 30;

    private TopicCreator() {}

    /** @throws Unavailable if no broker answers within 30 s */
    public static void createMissing(KafkaConfig config, Topics topics, String client) {
        Map<String, String> log = Map.of(
                TopicConfig.RETENTION_MS_CONFIG,
                String.valueOf(config.logRetention().toMillis()));
        Map<String, String> compacted = Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_COMPACT,
                TopicConfig.SEGMENT_MS_CONFIG,
                String.valueOf(TimeUnit.HOURS.toMillis(1)),
                TopicConfig.SEGMENT_BYTES_CONFIG,
                String.valueOf(64 << 20));
        try (Admin admin = new KafkaClients(config).admin(client + "-topics")) {
            List<NewTopic> wanted = List.of(
                    topic(config, topics.userActions().name(), log),
                    topic(config, topics.features().name(), log),
                    topic(config, topics.trainingExamples().name(), log),
                    topic(config, topics.embeddings().name(), compacted),
                    topic(config, topics.userActions().deadLetters(), log),
                    topic(config, topics.features().deadLetters(), log),
                    topic(config, topics.trainingExamples().deadLetters(), log),
                    topic(config, topics.embeddings().deadLetters(), log));
            for (var created : admin.createTopics(wanted).values().entrySet()) {
                await(created.getValue());
            }
        }
    }

    private static NewTopic topic(KafkaConfig config, String name, Map<String, String> settings) {
        return new NewTopic(name, Optional.of(name.endsWith(".dlq") ? 1 : config.partitions()), Optional.of((short)
                        config.replicationFactor()))
                .configs(settings);
    }

    private static void await(org.apache.kafka.common.KafkaFuture<Void> created) {
        try {
            created.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new Unavailable("kafka", "a topic could not be created: " + e.getMessage(), e);
            }
        } catch (TimeoutException e) {
            throw new Unavailable("kafka", "no broker answered within " + TIMEOUT_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("kafka", "interrupted while topics were created", e);
        }
    }
}
