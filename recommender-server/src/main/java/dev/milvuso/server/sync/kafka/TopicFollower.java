package dev.milvuso.server.sync.kafka;

import dev.milvuso.codec.MalformedRecordException;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads every partition of a topic, on a thread of its own, and tells what is there. Commits nothing. */
public final class TopicFollower<V> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
    private static final Duration PARTITIONS_ANEW = Duration.ofSeconds(10);

    private final KafkaClients kafka;
    private final Topic<V> topic;
    private final String client;
    private final Optional<Instant> since;
    private final Consumer<V> reader;
    private final BiConsumer<ConsumerRecord<String, byte[]>, String> malformed;
    private final Thread thread;
    private final Set<TopicPartition> partitions = new HashSet<>();
    private @Nullable Map<TopicPartition, Long> goal;
    private long partitionsAskedAt;
    private volatile boolean caughtUp;
    private volatile boolean closed;

    /** @param since where to begin; empty means the earliest record */
    public TopicFollower(
            KafkaClients kafka,
            Topic<V> topic,
            String client,
            Optional<Instant> since,
            Consumer<V> reader,
            BiConsumer<ConsumerRecord<String, byte[]>, String> malformed) {
        this.kafka = kafka;
        this.topic = topic;
        this.client = client;
        this.since = since;
        this.reader = reader;
        this.malformed = malformed;
        this.thread = new Thread(this::follow, "follower-" + topic.name());
        this.thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** Whether everything was read that was there when it began. */
    public boolean caughtUp() {
        return caughtUp;
    }

    private void follow() {
        while (!closed) {
            partitions.clear();
            try (KafkaConsumer<String, byte[]> consumer = kafka.consumer(client)) {
                while (!closed) {
                    assign(consumer);
                    for (ConsumerRecord<String, byte[]> each : consumer.poll(Duration.ofMillis(100))) {
                        read(each);
                    }
                    check(consumer);
                }
            } catch (WakeupException | InterruptException e) {
                LOG.debug("{} is followed no longer", topic.name());
            } catch (KafkaException e) {
                LOG.warn("{} is followed anew: {}", topic.name(), e.getMessage());
                pause();
            }
        }
    }

    private void assign(KafkaConsumer<String, byte[]> consumer) {
        long now = System.nanoTime();
        if (!partitions.isEmpty() && now - partitionsAskedAt < PARTITIONS_ANEW.toNanos()) {
            return;
        }
        partitionsAskedAt = now;
        List<TopicPartition> added = consumer.partitionsFor(topic.name()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .filter(partitions::add)
                .toList();
        if (added.isEmpty()) {
            return;
        }
        consumer.assign(partitions);
        if (since.isEmpty()) {
            consumer.seekToBeginning(added);
        } else {
            seek(consumer, added, since.get());
        }
        if (goal == null) {
            goal = new HashMap<>(consumer.endOffsets(partitions));
        }
    }

    private static void seek(KafkaConsumer<String, byte[]> consumer, List<TopicPartition> added, Instant since) {
        Map<TopicPartition, Long> times = new HashMap<>();
        added.forEach(partition -> times.put(partition, since.toEpochMilli()));
        Map<TopicPartition, @Nullable OffsetAndTimestamp> offsets = consumer.offsetsForTimes(times);
        for (TopicPartition partition : added) {
            OffsetAndTimestamp offset = offsets.get(partition);
            if (offset == null) {
                consumer.seekToEnd(List.of(partition));
            } else {
                consumer.seek(partition, offset.offset());
            }
        }
    }

    private void read(ConsumerRecord<String, byte[]> each) {
        byte[] value = each.value();
        if (value == null) {
            return; // a row that was taken out of a compacted topic
        }
        try {
            reader.accept(topic.codec().decode(value));
        } catch (MalformedRecordException | IllegalArgumentException e) {
            malformed.accept(each, String.valueOf(e.getMessage()));
        }
    }

    private void check(KafkaConsumer<String, byte[]> consumer) {
        if (!caughtUp && goal != null) {
            caughtUp = goal.entrySet().stream().allMatch(each -> consumer.position(each.getKey()) >= each.getValue());
        }
    }

    private static void pause() {
        try {
            Thread.sleep(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
