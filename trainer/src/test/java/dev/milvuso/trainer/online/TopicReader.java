package dev.milvuso.trainer.online;

import dev.milvuso.codec.MalformedRecordException;
import dev.milvuso.embedding.Embedding;
import dev.milvuso.embedding.EmbeddingRecord;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads one topic from its beginning, as anybody else on the log would. */
final class TopicReader implements AutoCloseable {
    private final KafkaConsumer<String, byte[]> consumer;
    private final List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();

    TopicReader(KafkaClients clients, String topic) {
        consumer = clients.consumer("trainer-it");
        consumer.assign(consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList());
        consumer.seekToBeginning(consumer.assignment());
    }

    /** All records so far. */
    List<ConsumerRecord<String, byte[]>> records() {
        consumer.poll(Duration.ofMillis(20)).forEach(records::add);
        return records;
    }

    /** All records up to where the topic ends now. */
    List<ConsumerRecord<String, byte[]>> recordsToEnd() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            records();
        }
        return records;
    }

    Map<String, Embedding> newest(Topic<EmbeddingRecord> topic) {
        Map<String, Embedding> newest = new HashMap<>();
        for (ConsumerRecord<String, byte[]> record : records()) {
            if (record.value() == null) {
                String key = record.key();
                newest.remove(key.substring(key.indexOf(':') + 1));
            } else if (decoded(topic, record) instanceof Embedding embedding) {
                newest.merge(
                        embedding.kind().label() + ":" + embedding.id(),
                        embedding,
                        (old, next) -> next.isNewerThan(old) ? next : old);
            }
        }
        return newest;
    }

    private static EmbeddingRecord decoded(Topic<EmbeddingRecord> topic, ConsumerRecord<String, byte[]> record) {
        try {
            return topic.codec().decode(record.value());
        } catch (MalformedRecordException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
