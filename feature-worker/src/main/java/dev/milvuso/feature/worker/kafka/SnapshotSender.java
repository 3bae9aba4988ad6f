package dev.milvuso.feature.worker.kafka;

import dev.milvuso.component.Health;
import dev.milvuso.feature.FeatureSnapshot;
import dev.milvuso.feature.worker.state.ReadAgainException;
import dev.milvuso.topic.Topic;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Writes snapshots to the log and knows of one that is not there. Safe for use by several threads. */
final class SnapshotSender {
    private final Producer<String, byte[]> producer;
    private final Topic<FeatureSnapshot> topic;
    private final Counter sent;
    private volatile boolean lost;
    private volatile @Nullable String trouble;

    SnapshotSender(Producer<String, byte[]> producer, Topic<FeatureSnapshot> topic, MeterRegistry metrics) {
        this.producer = producer;
        this.topic = topic;
        this.sent = Counter.builder("milvuso.features.snapshots")
                .description("feature snapshots that the log has taken")
                .register(metrics);
    }

    /** Does not wait for the broker. */
    void send(FeatureSnapshot snapshot) {
        var record = new ProducerRecord<>(
                topic.name(), topic.key().apply(snapshot), topic.codec().encode(snapshot));
        var unused = producer.send(record, (written, failure) -> {
            if (failure == null) {
                sent.increment();
                trouble = null;
            } else {
                trouble = failure.getMessage();
                lost = true;
            }
        });
    }

    /**
     * Waits until the broker has said yes or no to all that was sent.
     *
     * @throws ReadAgainException if it has not taken one: offsets behind it must not be stored
     */
    void flush() {
        producer.flush();
        if (lost) {
            throw new ReadAgainException("a snapshot could not be written to " + topic.name() + ": " + trouble);
        }
    }

    /** The log is read again from the stored offsets, so that what was lost will be sent again. */
    void rewind() {
        lost = false;
    }

    Health health() {
        String reason = trouble;
        return reason == null
                ? new Health.Up()
                : new Health.Degraded("snapshots cannot be written to " + topic.name() + ": " + reason);
    }
}
