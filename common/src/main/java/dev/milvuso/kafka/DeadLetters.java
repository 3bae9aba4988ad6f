package dev.milvuso.kafka;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts records that could not be understood aside, with the reason and the origin in headers, and counts them
 * ({@code milvuso_dlq_records_total}). Several deployables read {@code user_actions}; one of them, the joiner, puts its
 * bad records aside, so that each stands there once.
 */
public final class DeadLetters {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

    private final Producer<String, byte[]> producer;
    private final MeterRegistry metrics;

    public DeadLetters(Producer<String, byte[]> producer, MeterRegistry metrics) {
        this.producer = producer;
        this.metrics = metrics;
    }

    /** Does not wait for the broker; {@code producer.flush()} before offsets are committed does. */
    public void add(ConsumerRecord<String, byte[]> record, String reason) {
        var unused = send(record, reason);
    }

    /** As {@link #add}; the result says when the broker has it, or that it could not be written. */
    public Future<RecordMetadata> send(ConsumerRecord<String, byte[]> record, String reason) {
        var letter = new ProducerRecord<>(record.topic() + ".dlq", record.key(), record.value());
        header(letter, "milvuso-reason", reason);
        header(letter, "milvuso-topic", record.topic());
        header(letter, "milvuso-partition", String.valueOf(record.partition()));
        header(letter, "milvuso-offset", String.valueOf(record.offset()));
        Future<RecordMetadata> written = producer.send(letter, (sent, failure) -> {
            if (failure != null) {
                LOG.error("a dead letter of {} could not be written", record.topic(), failure);
            }
        });
        counter(metrics, record.topic()).increment();
        LOG.warn("{}-{} at {} put aside: {}", record.topic(), record.partition(), record.offset(), reason);
        return written;
    }

    /**
     * Counts the dead letters of a topic. A process that may have some asks for it at its start, so that it stands at 0
     * before the first.
     *
     * @param topic the topic that was read
     */
    public static Counter counter(MeterRegistry metrics, String topic) {
        return Counter.builder("milvuso.dlq.records")
                .description("Records of a topic that could not be understood and were put aside")
                .tag("topic", topic)
                .register(metrics);
    }

    private static void header(ProducerRecord<String, byte[]> letter, String name, String value) {
        letter.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
