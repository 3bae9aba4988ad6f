package dev.milvuso.joiner.flink;

import dev.milvuso.joiner.core.EncodedExample;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes {@code training_examples}, keyed by user. */
final class ExampleWriter implements KafkaRecordSerializationSchema<EncodedExample> {
    private final String topic;

    ExampleWriter(String topic) {
        this.topic = topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(EncodedExample example, KafkaSinkContext context, Long timestamp) {
        return new ProducerRecord<>(topic, example.user(), example.json());
    }
}
