package dev.milvuso.joiner.flink;

import dev.milvuso.example.TrainingExample;
import dev.milvuso.example.TrainingExampleCodec;
import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes {@code training_examples}, keyed by user. */
final class ExampleWriter implements KafkaRecordSerializationSchema<TrainingExample> {
    private final String topic;

    ExampleWriter(String topic) {
        this.topic = topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(TrainingExample example, KafkaSinkContext context, Long timestamp) {
        byte[] key = example.userId().value().getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(topic, key, new TrainingExampleCodec().encode(example));
    }
}
