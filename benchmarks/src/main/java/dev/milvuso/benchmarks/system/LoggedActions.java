package dev.milvuso.benchmarks.system;

import dev.milvuso.action.Action;
import dev.milvuso.codec.MalformedRecordException;
import dev.milvuso.config.Config;
import dev.milvuso.kafka.KafkaClients;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The actions on the log, counted by reading all of it.
 *
 * @param count records
 * @param distinct event ids among them
 */
record LoggedActions(long count, long distinct) {
    static LoggedActions read(Config config) throws MalformedRecordException {
        var topic = config.topics().userActions();
        Set<Long> ids = new HashSet<>(); // hashes of 64 bits: a million are all different but once in 30 million times
        long count = 0;
        try (Consumer<String, byte[]> consumer = new KafkaClients(config.kafka()).consumer("bench-ledger")) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(each -> new TopicPartition(topic.name(), each.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<String, byte[]> each : consumer.poll(Duration.ofMillis(500))) {
                    if (topic.codec().decode(each.value()) instanceof Action action) {
                        count++;
                        ids.add(hash(action.eventId().value()));
                    }
                }
            }
        }
        return new LoggedActions(count, ids.size());
    }

    private static long hash(String id) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < id.length(); i++) {
            hash = Long.rotateLeft((hash ^ id.charAt(i)) * 0x9E3779B97F4A7C15L, 29);
        }
        return hash;
    }
}
