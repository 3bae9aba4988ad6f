package dev.milvuso.feature.worker.kafka;

import dev.milvuso.action.Action;
import dev.milvuso.action.ServedList;
import dev.milvuso.action.UserEvent;
import dev.milvuso.codec.MalformedRecordException;
import dev.milvuso.component.Unavailable;
import dev.milvuso.feature.FeatureSnapshot;
import dev.milvuso.feature.worker.ActionProcessor;
import dev.milvuso.feature.worker.Loading;
import dev.milvuso.feature.worker.Memory;
import dev.milvuso.feature.worker.Storing;
import dev.milvuso.feature.worker.TakenOverException;
import dev.milvuso.feature.worker.postgres.BatchWriter;
import dev.milvuso.topic.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads {@code user_actions} from the offsets in PostgreSQL on, answers each action with a snapshot, and has the rest
 * stored. While PostgreSQL does not answer it goes on so long as memory has all it needs and the bound of unstored rows
 * is not reached, then pauses.
 */
public final class LogFollower implements Runnable {
    /** Rows that may wait for PostgreSQL before reading pauses. */
    static final int MOST_DIRTY_ROWS = 100_000;

    private static final Logger LOG = LoggerFactory.getLogger(LogFollower.class);
    private static final long FOLLOW_MS = 1_000;
    private static final long RETRY_MS = 200;

    private final Consumer<String, byte[]> consumer;
    private final Producer<String, byte[]> producer;
    private final Topics topics;
    private final Memory memory;
    private final ActionProcessor processor;
    private final Loading loading;
    private final Storing storing;
    private final BatchWriter offsets;
    private final Counter snapshots;
    private final Counter malformed;
    private final AtomicLong lag;
    private final Set<TopicPartition> unplaced = new HashSet<>();
    private List<ConsumerRecord<String, byte[]>> held = List.of();
    private long followAt;
    private volatile boolean running = true;
    private volatile boolean storeFailing;

    public LogFollower(
            Consumer<String, byte[]> consumer,
            Producer<String, byte[]> producer,
            Topics topics,
            Memory memory,
            ActionProcessor processor,
            Loading loading,
            Storing storing,
            BatchWriter offsets,
            MeterRegistry metrics) {
        this.consumer = consumer;
        this.producer = producer;
        this.topics = topics;
        this.memory = memory;
        this.processor = processor;
        this.loading = loading;
        this.storing = storing;
        this.offsets = offsets;
        this.snapshots = metrics.counter("milvuso.features.snapshots");
        this.malformed = metrics.counter("milvuso.features.malformed");
        this.lag = metrics.gauge("milvuso.features.lag", new AtomicLong());
    }

    @Override
    public void run() {
        consumer.subscribe(List.of(topics.userActions().name()), new Rebalances());
        while (running) {
            try {
                round();
            } catch (TakenOverException e) {
                LOG.warn("reading again from the stored offsets: {}", e.getMessage());
                forget(consumer.assignment());
            } catch (WakeupException e) {
                LOG.debug("woken up", e);
            }
        }
    }

    /** Stores what can be stored and leaves the group. To be called on the reading thread, after {@link #run}. */
    public void finish() {
        drain();
        consumer.close();
    }

    /** Leaves without storing anything, as a crash does. */
    void abandon() {
        forget(List.of());
        consumer.close();
    }

    public void stop() {
        running = false;
        consumer.wakeup();
    }

    public boolean isStoreFailing() {
        return storeFailing;
    }

    private void round() {
        long now = System.currentTimeMillis();
        storing.advance(now);
        boolean blocked = !unplaced.isEmpty() || !held.isEmpty() || memory.dirtyRows() > MOST_DIRTY_ROWS;
        if (blocked) {
            consumer.pause(consumer.assignment());
        } else {
            consumer.resume(consumer.paused());
        }
        List<ConsumerRecord<String, byte[]>> polled = new ArrayList<>();
        consumer.poll(Duration.ofMillis(blocked ? RETRY_MS : 10)).forEach(polled::add);
        if (held.isEmpty()) {
            held = polled;
        }
        try {
            place();
            takeIn();
            if (now >= followAt) {
                followAt = now + FOLLOW_MS;
                loading.follow();
            }
            storeFailing = storing.isFailing();
        } catch (Unavailable e) {
            storeFailing = true;
            LOG.warn("waiting for PostgreSQL: {}", e.getMessage());
        }
        lag.set(behind());
    }

    private void place() {
        if (unplaced.isEmpty()) {
            return;
        }
        loading.begin();
        var beginnings = consumer.beginningOffsets(unplaced);
        for (TopicPartition partition : List.copyOf(unplaced)) {
            long next = offsets.offset(partition.partition(), beginnings.getOrDefault(partition, 0L));
            consumer.seek(partition, next);
            memory.assigned(partition.partition(), next);
            unplaced.remove(partition);
        }
    }

    private void takeIn() {
        List<UserEvent> events = new ArrayList<>(held.size());
        for (ConsumerRecord<String, byte[]> record : held) {
            try {
                events.add(topics.userActions().codec().decode(record.value() == null ? new byte[0] : record.value()));
            } catch (MalformedRecordException e) {
                malformed.increment();
                LOG.debug("{}-{} at {} skipped", record.topic(), record.partition(), record.offset(), e);
            }
        }
        loading.load(events);
        for (UserEvent event : events) {
            if (event instanceof Action action) {
                processor.apply(action).ifPresentOrElse(this::send, malformed::increment);
            } else if (event instanceof ServedList list) {
                processor.apply(list);
            }
        }
        held.forEach(record -> memory.read(record.partition(), record.offset() + 1));
        held = List.of();
    }

    private void send(FeatureSnapshot snapshot) {
        byte[] bytes = topics.features().codec().encode(snapshot);
        var record =
                new ProducerRecord<>(topics.features().name(), snapshot.userId().value(), bytes);
        var unused = producer.send(record, (sent, failure) -> {
            if (failure == null) {
                snapshots.increment();
            } else {
                LOG.error("a snapshot could not be written", failure);
            }
        });
    }

    private long behind() {
        return consumer.assignment().stream()
                .filter(partition -> !unplaced.contains(partition))
                .mapToLong(partition -> consumer.currentLag(partition).orElse(0))
                .sum();
    }

    private void drain() {
        try {
            if (!storing.drain()) {
                LOG.warn("not all is stored; whoever reads on does so from the stored offsets");
            }
        } catch (TakenOverException e) {
            LOG.warn("another worker reads on: {}", e.getMessage());
        }
    }

    private void forget(Collection<TopicPartition> placeAnew) {
        storing.discard();
        memory.clear();
        processor.rewind();
        held = List.of();
        unplaced.clear();
        unplaced.addAll(placeAnew);
    }

    /** All is stored and forgotten before others read on, and read anew afterwards: also what this worker keeps. */
    private final class Rebalances implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            drain();
            forget(List.of());
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            forget(List.of());
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            forget(consumer.assignment());
            consumer.pause(consumer.assignment());
        }
    }
}
