package dev.milvuso.joiner.flink;

import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes {@code <topic>.dlq}: key and value as they were, the reason and the origin in headers. */
final class DeadLetterWriter implements KafkaRecordSerializationSchema<DeadLetter> {
    @Override
    public ProducerRecord<byte[], byte[]> serialize(DeadLetter letter, KafkaSinkContext context, Long timestamp) {
        var record = new ProducerRecord<>(letter.topic() + ".dlq", letter.key(), letter.value());
        header(record, "milvuso-reason", letter.reason());
        header(record, "milvuso-topic", letter.topic());
        header(record, "milvuso-partition", String.valueOf(letter.partition()));
        header(record, "milvuso-offset", String.valueOf(letter.offset()));
        return record;
    }

    private static void header(ProducerRecord<byte[], byte[]> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
