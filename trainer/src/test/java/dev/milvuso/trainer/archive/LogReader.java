package dev.milvuso.trainer.archive;

import dev.milvuso.kafka.KafkaClients;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Reads a topic to its end. */
final class LogReader {
    private LogReader() {}

    static List<ArchiveStage.Row> all(KafkaClients clients, String topic) {
        List<ArchiveStage.Row> rows = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = clients.consumer("archive-it-reader")) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(record -> rows.add(new ArchiveStage.Row(
                                topic, record.partition(), record.offset(), text(record.value()))));
            }
        }
        return rows;
    }

    /** Behind the last offset of every partition. */
    static Map<TopicPartition, Long> ends(KafkaClients clients, String topic) {
        try (KafkaConsumer<String, byte[]> consumer = clients.consumer("archive-it-reader")) {
            return consumer.endOffsets(consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList());
        }
    }

    /** One character a byte. */
    static String text(byte @Nullable [] bytes) {
        return bytes == null ? "null" : new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
