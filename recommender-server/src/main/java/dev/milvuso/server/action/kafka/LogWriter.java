package dev.milvuso.server.action.kafka;

import dev.milvuso.component.Unavailable;
import dev.milvuso.config.Config;
import dev.milvuso.kafka.DeadLetters;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.server.action.ActionLog;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;

/** Everything that this server writes to Kafka, through one producer: actions, heartbeats, dead letters. */
public final class LogWriter implements AutoCloseable {
    private final KafkaActionLog actions;
    private final Heartbeats heartbeats;
    private final DeadLetters deadLetters;
    private final Duration lately;
    private final Origin origin = new Origin();

    /**
     * @param client name in the broker's logs
     * @throws Unavailable if none of the brokers' names is known
     */
    public LogWriter(Config config, KafkaClients kafka, String client, Clock clock, MeterRegistry metrics) {
        KafkaProducer<String, byte[]> producer = producer(kafka, client);
        var topic = config.topics().userActions();
        actions = new KafkaActionLog(topic, producer, config.kafka(), origin, metrics);
        heartbeats = new Heartbeats(topic, producer, clock, actions::acknowledged);
        deadLetters = new DeadLetters(producer, metrics);
        lately = config.kafka().heartbeatInterval().plus(config.kafka().acknowledgeTimeout());
        heartbeats.start(config.kafka().heartbeatInterval());
    }

    private static KafkaProducer<String, byte[]> producer(KafkaClients kafka, String client) {
        try {
            return kafka.promptProducer(client);
        } catch (KafkaException e) {
            throw new Unavailable("kafka", "kafka.brokers: no producer can be made: " + e.getMessage(), e);
        }
    }

    public ActionLog actions() {
        return actions;
    }

    /** Marks the actions and lists that are written here. */
    public Origin origin() {
        return origin;
    }

    public DeadLetters deadLetters() {
        return deadLetters;
    }

    /** Whether the broker has acknowledged anything lately; heartbeats see to it that there is always something. */
    public boolean isAcknowledged() {
        return actions.acknowledgedWithin(lately);
    }

    @Override
    public void close() {
        heartbeats.close();
        actions.close();
    }
}
