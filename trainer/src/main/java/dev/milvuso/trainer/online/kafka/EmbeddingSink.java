package dev.milvuso.trainer.online.kafka;

import dev.milvuso.embedding.EmbeddingRecord;
import dev.milvuso.embedding.Removal;
import dev.milvuso.kafka.DeadLetters;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.kafka.Removals;
import dev.milvuso.topic.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes embeddings. What a broker that stays away does not take is lost here, and {@link #hasLost} says so. */
public final class EmbeddingSink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddingSink.class);
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final Topic<EmbeddingRecord> topic;
    private final KafkaProducer<String, byte[]> producer;
    private final AtomicBoolean lost = new AtomicBoolean();

    public EmbeddingSink(Topic<EmbeddingRecord> topic, KafkaClients kafka) {
        this.topic = topic;
        this.producer = kafka.producer("trainer");
    }

    /**
     * Does not wait for the broker, except for room in the buffer. Once a record is lost no other is tried before
     * {@link #hasLost} was asked, so that the caller waits for room once and not for every row.
     */
    public void send(EmbeddingRecord record) {
        if (!lost.get()) {
            send(new ProducerRecord<>(topic.name(), record.key(), topic.codec().encode(record)));
        }
    }

    /** As a record. */
    public void send(Removal removal) {
        if (!lost.get()) {
            send(Removals.encode(topic.name(), removal));
        }
    }

    private void send(ProducerRecord<String, byte[]> record) {
        var unused = producer.send(record, (sent, failure) -> {
            if (failure != null && lost.compareAndSet(false, true)) {
                LOG.error("embeddings could not be written", failure);
            }
        });
    }

    /** Whether records have been lost since it was asked last; the caller writes all rows again then. */
    public boolean hasLost() {
        return lost.getAndSet(false);
    }

    /** As {@link #hasLost}, but it stays so. */
    public boolean isLossy() {
        return lost.get();
    }

    /** Returns when everything sent so far is on the log or has failed. */
    public void flush() {
        producer.flush();
    }

    /**
     * Dead letters written by the same producer, so that {@link #flush} covers them too.
     *
     * @param topic whose records may be put aside
     */
    public DeadLetters deadLetters(MeterRegistry metrics, Topic<?> topic) {
        return new DeadLetters(producer, metrics, topic.name());
    }

    /** Closes at once; what has not left yet never does. */
    public void abandon() {
        producer.close(Duration.ZERO);
    }

    @Override
    public void close() {
        producer.close(CLOSING);
    }
}
