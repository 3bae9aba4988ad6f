package dev.milvuso.server.sync.kafka;

import dev.milvuso.action.UserEvent;
import dev.milvuso.component.Unavailable;
import dev.milvuso.config.Config;
import dev.milvuso.kafka.KafkaClients;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what {@code user_actions} holds up to the present, once. */
public final class PastEvents {
    private static final Logger LOG = LoggerFactory.getLogger(PastEvents.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Config config;
    private final String client;

    /** @param client name in the broker's logs */
    public PastEvents(Config config, String client) {
        this.config = config;
        this.client = client;
    }

    /**
     * @param since of the log's times
     * @param reader told of each event on another thread, one after the other; has been told of all when this returns
     * @throws Unavailable if the broker says nothing for {@link #PATIENCE}
     */
    public void read(Instant since, Consumer<UserEvent> reader) throws InterruptedException {
        AtomicLong toldAt = new AtomicLong(System.nanoTime());
        Consumer<UserEvent> told = event -> {
            reader.accept(event);
            toldAt.set(System.nanoTime());
        };
        KafkaClients kafka = new KafkaClients(config.kafka());
        try (TopicFollower<UserEvent> past = new TopicFollower<>(
                () -> kafka.patientConsumer(client),
                config.topics().userActions(),
                Start.since(since),
                told,
                record -> false,
                // The joiner puts them aside.
                (record, malformed, reason) -> LOG.debug("a record of user_actions is passed over: {}", reason))) {
            past.catchUp();
            while (!past.caughtUp()) {
                if (System.nanoTime() - toldAt.get() > PATIENCE.toNanos()) {
                    throw new Unavailable(
                            "kafka",
                            config.kafka().brokers() + " says nothing of "
                                    + config.topics().userActions().name()
                                    + ": is it the broker that the servers write to?",
                            null);
                }
                Thread.sleep(20);
            }
        }
    }
}
