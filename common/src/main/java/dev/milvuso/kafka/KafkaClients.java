package dev.milvuso.kafka;

import dev.milvuso.component.Unavailable;
import dev.milvuso.config.KafkaConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Makes clients of the log. Whoever gets one closes it. Values travel as bytes: the topics' codecs turn them into
 * records.
 */
public final class KafkaClients {
    /** What a patient reader waits for, at most as long as the fetch waits. */
    private static final int MANY_BYTES = 262_144;

    private final KafkaConfig config;

    public KafkaClients(KafkaConfig config) {
        this.config = config;
    }

    /**
     * A producer that loses and doubles nothing by itself: idempotent, acks=all. It blocks for at most a moment when
     * its buffer is full, then fails with {@link org.apache.kafka.clients.producer.BufferExhaustedException}.
     *
     * @param client name in the broker's logs
     */
    public KafkaProducer<String, byte[]> producer(String client) {
        return made(
                () -> new KafkaProducer<>(producerSettings(client), new StringSerializer(), new ByteArraySerializer()));
    }

    private Map<String, Object> producerSettings(String client) {
        Map<String, Object> settings = common(client);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 1);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 131072);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, config.bufferBytes());
        settings.put(ProducerConfig.METADATA_MAX_AGE_CONFIG, 5_000);
        return settings;
    }

    /**
     * As {@link #producer}, for callers who answer somebody who waits: gives a record up after a few times
     * {@code kafka.acknowledge_timeout} and blocks for at most half of it.
     *
     * @param client name in the broker's logs
     */
    public KafkaProducer<String, byte[]> promptProducer(String client) {
        Map<String, Object> settings = producerSettings(client);
        int timeout = (int) config.acknowledgeTimeout().toMillis();
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Math.max(50, timeout / 2));
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 2 * timeout);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 2 * timeout + 100);
        return made(() -> new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer()));
    }

    /**
     * A consumer that commits only when told to and begins at the earliest record where nothing is committed.
     *
     * @param group consumer group, also the client's name
     */
    public KafkaConsumer<String, byte[]> consumer(String group) {
        return consumer(group, group);
    }

    /**
     * As {@link #consumer(String)}, for a client that shares what is committed with others.
     *
     * @param client name in the broker's logs
     */
    public KafkaConsumer<String, byte[]> consumer(String group, String client) {
        return consumer(group, client, 1);
    }

    /**
     * As {@link #consumer(String)}, for a reader who can wait a tenth of a second: records come many at a time, which
     * costs broker and reader much less than one after the other.
     */
    public KafkaConsumer<String, byte[]> patientConsumer(String group) {
        return consumer(group, group, MANY_BYTES);
    }

    private KafkaConsumer<String, byte[]> consumer(String group, String client, int leastBytes) {
        Map<String, Object> settings = common(client);
        settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, leastBytes);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2000);
        // What a member that died had is read on by others after this; the default is 45 s.
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 5_000);
        return made(() -> new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer()));
    }

    public Admin admin(String client) {
        return made(() -> Admin.create(common(client)));
    }

    private static <C> C made(Supplier<C> constructor) {
        try {
            return constructor.get();
        } catch (KafkaException e) {
            // The client's own sentence says little; its cause names the address that cannot be resolved.
            String reason = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
            throw new Unavailable("kafka", "kafka.brokers: no client can be made: " + reason, e);
        }
    }

    private Map<String, Object> common(String client) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, config.brokers());
        settings.put(AdminClientConfig.CLIENT_ID_CONFIG, client);
        // A broker that comes back is found again in tenths of a second; the defaults back off to ten and thirty
        // seconds.
        settings.put(AdminClientConfig.RECONNECT_BACKOFF_MS_CONFIG, 50);
        settings.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1000);
        return settings;
    }
}
