package dev.milvuso.server.sync.kafka;

import dev.milvuso.codec.MalformedRecordException;
import dev.milvuso.component.Unavailable;
import dev.milvuso.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads every partition of a topic, on a thread of its own, and tells what is there. Commits no progress. */
public final class TopicFollower<V> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
    private static final Duration PARTITIONS_ANEW = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration END = Duration.ofSeconds(5);

    private final Supplier<KafkaConsumer<String, byte[]>> consumers;
    private final Topic<V> topic;
    private final Start start;
    private final Consumer<V> reader;
    private final Tombstones tombstones;
    private final Malformed malformed;
    private final Predicate<ConsumerRecord<String, byte[]>> passedOver;
    private final Thread thread;
    private final Set<TopicPartition> partitions = new HashSet<>();
    private @Nullable Map<TopicPartition, Long> goal;
    private long partitionsAskedAt;
    private volatile boolean caughtUp;
    private boolean ends;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable KafkaConsumer<String, byte[]> current;

    /** Takes the records without a value, by which something is taken out of a compacted topic. */
    public interface Tombstones {
        /** @throws MalformedRecordException if it takes nothing out */
        void read(ConsumerRecord<String, byte[]> record) throws MalformedRecordException;
    }

    /**
     * Of a topic from which nothing is taken out.
     *
     * @param passedOver records that need not be read
     */
    public TopicFollower(
            Supplier<KafkaConsumer<String, byte[]>> consumers,
            Topic<V> topic,
            Start start,
            Consumer<V> reader,
            Predicate<ConsumerRecord<String, byte[]>> passedOver,
            Malformed malformed) {
        this(consumers, topic, start, reader, tombstone -> {}, passedOver, malformed);
    }

    /**
     * @param consumers makes a consumer, which is closed here
     * @param passedOver records that need not be read
     * @param malformed given also what {@code reader} refuses with an {@link IllegalArgumentException}
     */
    public TopicFollower(
            Supplier<KafkaConsumer<String, byte[]>> consumers,
            Topic<V> topic,
            Start start,
            Consumer<V> reader,
            Tombstones tombstones,
            Predicate<ConsumerRecord<String, byte[]>> passedOver,
            Malformed malformed) {
        this.passedOver = passedOver;
        this.consumers = consumers;
        this.topic = topic;
        this.start = start;
        this.reader = reader;
        this.tombstones = tombstones;
        this.malformed = malformed;
        this.thread = new Thread(this::follow, "follower-" + topic.name());
        this.thread.setDaemon(true);
    }

    /** Passes over records of this time and later. */
    public static Predicate<ConsumerRecord<String, byte[]>> from(Instant time) {
        return record -> record.timestamp() >= time.toEpochMilli();
    }

    public void start() {
        thread.start();
    }

    /** As {@link #start}, and ends by itself when it has caught up. */
    public void catchUp() {
        ends = true;
        start();
    }

    /** Whether everything was read that was there when it began. */
    public boolean caughtUp() {
        return caughtUp;
    }

    private void follow() {
        while (!isOver()) {
            partitions.clear();
            try (KafkaConsumer<String, byte[]> consumer = consumers.get()) {
                current = consumer;
                read(consumer);
            } catch (WakeupException e) {
                LOG.debug("{} is followed no longer", topic.name());
            } catch (KafkaException | Unavailable e) {
                LOG.warn("{} is followed anew: {}", topic.name(), e.getMessage());
                pause();
            } finally {
                current = null;
            }
        }
    }

    private void read(KafkaConsumer<String, byte[]> consumer) {
        while (!isOver()) {
            assign(consumer);
            if (partitions.isEmpty()) {
                pause(); // the topic is not there yet
                continue;
            }
            for (ConsumerRecord<String, byte[]> each : consumer.poll(POLL)) {
                if (!passedOver.test(each)) {
                    read(consumer, each);
                }
            }
            malformed.polled(consumer);
            check(consumer);
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
        start.seek(consumer, added);
        if (goal == null) {
            goal = new HashMap<>(consumer.endOffsets(partitions));
        }
    }

    private void read(KafkaConsumer<String, byte[]> consumer, ConsumerRecord<String, byte[]> each) {
        byte[] value = each.value();
        try {
            if (value == null) {
                tombstones.read(each);
            } else {
                reader.accept(topic.codec().decode(value));
            }
        } catch (MalformedRecordException | IllegalArgumentException e) {
            malformed.add(consumer, each, String.valueOf(e.getMessage()));
        }
    }

    private void check(KafkaConsumer<String, byte[]> consumer) {
        if (!caughtUp && goal != null) {
            caughtUp = goal.entrySet().stream().allMatch(each -> consumer.position(each.getKey()) >= each.getValue());
        }
    }

    private boolean isOver() {
        return closed.getCount() == 0 || (ends && caughtUp);
    }

    private void pause() {
        try {
            var unused = closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            closed.countDown(); // nobody here interrupts: whoever does wants an end
            Thread.currentThread().interrupt();
        }
    }

    /** Not by an interrupt: the consumer would close in disorder and say so as an error. */
    @Override
    public void close() {
        closed.countDown();
        KafkaConsumer<String, byte[]> consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
        try {
            thread.join(END.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
