package dev.milvuso.config;

import java.time.Duration;

/** {@code [kafka]}, see config/default.toml. */
public record KafkaConfig(
        String brokers,
        String logTopic,
        String featureTopic,
        String trainingTopic,
        String embeddingTopic,
        int partitions,
        int replicationFactor,
        Duration logRetention,
        long bufferBytes,
        Duration acknowledgeTimeout,
        Duration heartbeatInterval) {
    private static final String TOPIC = "[A-Za-z0-9._-]{1,245}";

    public KafkaConfig {
        Check.matches(
                "kafka.brokers", brokers, "[^\\s,]+:\\d+(,[^\\s,]+:\\d+)*", "host:port, several separated by commas");
        for (String topic : new String[] {logTopic, featureTopic, trainingTopic, embeddingTopic}) {
            Check.matches("kafka topic", topic, TOPIC, "1 to 245 letters, digits, '.', '_' or '-'");
        }
        Check.range("kafka.partitions", partitions, 1, 10000);
        Check.range("kafka.replication_factor", replicationFactor, 1, 100);
        Check.range("kafka.log_retention", logRetention, "1h", "3650d");
        Check.range("kafka.buffer_bytes", bufferBytes, 65536, 1073741824);
        Check.range("kafka.acknowledge_timeout", acknowledgeTimeout, "100ms", "60s");
        Check.range("kafka.heartbeat_interval", heartbeatInterval, "50ms", "1m");
    }
}
