package dev.milvuso.server.action.kafka;

import dev.milvuso.action.Heartbeat;
import dev.milvuso.action.UserEvent;
import dev.milvuso.component.DaemonThreads;
import dev.milvuso.topic.Topic;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a heartbeat into every partition of the topic of actions, so that time goes on when nobody does anything. */
public final class Heartbeats implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeats.class);

    private final Topic<UserEvent> topic;
    private final Producer<String, byte[]> producer;
    private final Clock clock;
    private final Runnable acknowledged;
    private final ScheduledExecutorService heart =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreads("heartbeats"));

    /** @param acknowledged told of each heartbeat that the broker has acknowledged; must not wait */
    public Heartbeats(Topic<UserEvent> topic, Producer<String, byte[]> producer, Clock clock, Runnable acknowledged) {
        this.topic = topic;
        this.producer = producer;
        this.clock = clock;
        this.acknowledged = acknowledged;
    }

    public void start(Duration interval) {
        var unused = heart.scheduleWithFixedDelay(this::beat, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void beat() {
        try {
            byte[] value = topic.codec().encode(new Heartbeat(clock.instant()));
            for (var partition : producer.partitionsFor(topic.name())) {
                var unused = producer.send(
                        new ProducerRecord<>(topic.name(), partition.partition(), "", value), (sent, failure) -> {
                            if (failure == null) {
                                acknowledged.run();
                            }
                        });
            }
        } catch (KafkaException | IllegalStateException e) {
            LOG.debug("no heartbeat this time", e);
        }
    }

    @Override
    public void close() {
        heart.shutdownNow();
    }
}
