package dev.milvuso.kafka;

import dev.milvuso.component.Unavailable;
import dev.milvuso.config.KafkaConfig;
import dev.milvuso.topic.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Makes the topics that are not there yet. Every deployable calls it at its start, so that their order does not matter.
 */
public final class TopicCreator {
    private static final int TIMEOUT_SECONDS = 20;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private TopicCreator() {}

    /** @throws Unavailable if no broker answers within 20 s */
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
            CreateTopicsResult answers =
                    admin.createTopics(wanted, new CreateTopicsOptions().timeoutMs(TIMEOUT_SECONDS * 1000));
            Map<TopicPartition, OffsetSpec> created = new HashMap<>();
            for (NewTopic topic : wanted) {
                for (int partition = created(answers, topic.name()) - 1; partition >= 0; partition--) {
                    created.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
                }
            }
            awaitLeaders(admin, created);
        } catch (Unavailable e) {
            throw new Unavailable("kafka", "kafka.brokers is " + config.brokers() + ": " + e.getMessage(), e);
        }
    }

    /**
     * A producer that writes to a partition before it is led may have its first batch refused and the next ones taken;
     * the broker then takes the first for a repeat out of order until it expires.
     */
    private static void awaitLeaders(Admin admin, Map<TopicPartition, OffsetSpec> created) {
        long asked = System.nanoTime();
        boolean led = false;
        while (!led) {
            try {
                await(admin.listOffsets(created).all());
                led = true;
            } catch (Unavailable e) {
                boolean passing = e.getCause() instanceof ExecutionException failed
                        && failed.getCause() instanceof RetriableException;
                if (!passing || System.nanoTime() - asked > TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS)) {
                    throw e;
                }
                // A busy broker may not know yet what its controller has made.
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    /** The new topic's partitions, 0 if the topic was there. */
    private static int created(CreateTopicsResult answers, String topic) {
        try {
            return await(answers.numPartitions(topic));
        } catch (Unavailable e) {
            if (e.getCause() instanceof ExecutionException failed
                    && failed.getCause() instanceof TopicExistsException) {
                return 0;
            }
            throw e;
        }
    }

    private static NewTopic topic(KafkaConfig config, String name, Map<String, String> settings) {
        return new NewTopic(name, Optional.of(name.endsWith(".dlq") ? 1 : config.partitions()), Optional.of((short)
                        config.replicationFactor()))
                .configs(settings);
    }

    private static Unavailable silent(Exception e) {
        return new Unavailable("kafka", "no broker answered within " + TIMEOUT_SECONDS + " s", e);
    }

    private static <T> T await(KafkaFuture<T> asked) {
        try {
            return asked.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException
                    ? silent(e)
                    : new Unavailable("kafka", "topics could not be prepared: " + e.getMessage(), e);
        } catch (TimeoutException e) {
            throw silent(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("kafka", "interrupted while topics were prepared", e);
        }
    }
}
