package dev.milvuso.trainer.online.kafka;

import dev.milvuso.embedding.EmbeddingRecord;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.topic.Topic;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Writes embeddings. A write that fails for good ends the trainer, whose restart writes everything anew. */
public final class EmbeddingSink implements AutoCloseable {
    private final Topic<EmbeddingRecord> topic;
    private final KafkaProducer<String, byte[]> producer;
    private final AtomicReference<@Nullable Exception> failed = new AtomicReference<>();

    public EmbeddingSink(Topic<EmbeddingRecord> topic, KafkaClients kafka) {
        this.topic = topic;
        this.producer = kafka.producer("trainer");
    }

    /** @throws IllegalStateException if an earlier write has failed */
    public void send(EmbeddingRecord record) {
        Exception failure = failed.get();
        if (failure != null) {
            throw new IllegalStateException("embeddings cannot be written: " + failure.getMessage(), failure);
        }
        var unused = producer.send(
                new ProducerRecord<>(topic.name(), record.key(), topic.codec().encode(record)), (sent, e) -> {
                    if (e != null) {
                        failed.compareAndSet(null, e);
                    }
                });
    }

    /** Returns when everything sent so far is on the log or has failed. */
    public void flush() {
        producer.flush();
    }

    public Producer<String, byte[]> producer() {
        return producer;
    }

    @Override
    public void close() {
        producer.close();
    }
}
