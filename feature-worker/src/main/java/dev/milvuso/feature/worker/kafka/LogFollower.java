package dev.milvuso.feature.worker.kafka;

import dev.milvuso.component.Health;
import dev.milvuso.component.Unavailable;
import dev.milvuso.feature.worker.postgres.BatchWriter;
import dev.milvuso.feature.worker.postgres.Loading;
import dev.milvuso.feature.worker.postgres.Storing;
import dev.milvuso.feature.worker.state.Memory;
import dev.milvuso.feature.worker.state.ReadAgainException;
import dev.milvuso.postgres.StatementRefused;
import io.micrometer.core.instrument.Gauge;
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
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads {@code user_actions} from the offsets in PostgreSQL on, answers each action with a snapshot, and has the rest
 * stored. While PostgreSQL does not answer it goes on so long as memory has all it needs and the bound of unstored rows
 * is not reached, then pauses.
 */
final class LogFollower implements Runnable {
    /** Rows that may wait for PostgreSQL before reading pauses. */
    private static final int MOST_DIRTY_ROWS = 100_000;

    private static final Logger LOG = LoggerFactory.getLogger(LogFollower.class);
    private static final long FOLLOW_MS = 1_000;
    private static final long RETRY_MS = 200;

    private final Consumer<String, byte[]> consumer;
    private final String topic;
    private final Memory memory;
    private final Intake intake;
    private final Loading loading;
    private final Storing storing;
    private final BatchWriter offsets;
    private final AtomicLong lag = new AtomicLong();
    private final Set<TopicPartition> unplaced = new HashSet<>();
    private long followAt;
    private long placeAt;
    private volatile boolean running = true;
    private volatile Health reading = new Health.Up();

    LogFollower(
            Consumer<String, byte[]> consumer,
            String topic,
            Memory memory,
            Intake intake,
            Loading loading,
            Storing storing,
            BatchWriter offsets,
            MeterRegistry metrics) {
        this.consumer = consumer;
        this.topic = topic;
        this.memory = memory;
        this.intake = intake;
        this.loading = loading;
        this.storing = storing;
        this.offsets = offsets;
        Gauge.builder("milvuso.features.lag", lag, AtomicLong::get)
                .description("records of user_actions that have not been read yet")
                .register(metrics);
    }

    @Override
    public void run() {
        consumer.subscribe(List.of(topic), new Rebalances());
        while (running) {
            try {
                round();
            } catch (WakeupException e) {
                LOG.debug("woken up", e);
            }
        }
    }

    /** Stores what can be stored and leaves the group. To be called on the reading thread, after {@link #run}. */
    void finish() {
        drain();
        consumer.close();
    }

    /** Leaves without storing anything, as a crash does. */
    void abandon() {
        forget(List.of());
        consumer.close();
    }

    void stop() {
        running = false;
        consumer.wakeup();
    }

    /** Whether it can read on; what waits to be stored is {@link Storing}'s to say. */
    Health health() {
        return reading;
    }

    private void round() {
        poll();
        try {
            storing.advance(System.currentTimeMillis());
            place();
            intake.takeIn();
            followCatalogue();
            reading = new Health.Up();
        } catch (ReadAgainException e) {
            LOG.warn("reading again from the stored offsets: {}", e.getMessage());
            forget(consumer.assignment());
        } catch (Unavailable e) {
            reading = new Health.Degraded("PostgreSQL does not answer, and reading waits for it: " + e.getMessage());
            LOG.warn("waiting for PostgreSQL: {}", e.getMessage());
        } catch (RetriableException e) {
            reading = new Health.Degraded("Kafka does not answer, and reading waits for it: " + e.getMessage());
            LOG.warn("waiting for Kafka: {}", e.getMessage());
        } catch (StatementRefused e) {
            refused(e);
        }
        lag.set(behind());
    }

    private void refused(StatementRefused reason) {
        if (!reason.isForItsData()) {
            reading = new Health.Down("PostgreSQL has to be mended: " + reason.getMessage());
            LOG.error("trying again", reason);
            return;
        }
        LOG.warn("looking for the record that is refused: {}", reason.getMessage());
        try {
            intake.refused(reason);
        } catch (Unavailable | ReadAgainException e) {
            LOG.warn("a refused record could not be put aside, trying again: {}", e.getMessage());
        }
        forget(consumer.assignment());
        placeAt = 0;
    }

    private void poll() {
        boolean blocked = !unplaced.isEmpty() || !intake.isEmpty() || memory.dirtyRows() > MOST_DIRTY_ROWS;
        if (blocked) {
            consumer.pause(consumer.assignment());
        } else {
            consumer.resume(consumer.paused());
        }
        boolean waiting = System.currentTimeMillis() < placeAt || !(reading instanceof Health.Up);
        long pause = blocked && waiting ? RETRY_MS : 10;
        List<ConsumerRecord<String, byte[]>> polled = new ArrayList<>();
        consumer.poll(Duration.ofMillis(pause)).forEach(polled::add);
        if (intake.isEmpty()) {
            intake.hold(polled);
        }
    }

    private void place() {
        if (unplaced.isEmpty() || System.currentTimeMillis() < placeAt) {
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

    private void followCatalogue() {
        long now = System.currentTimeMillis();
        if (now >= followAt) {
            followAt = now + FOLLOW_MS;
            loading.follow();
        }
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
        } catch (ReadAgainException | StatementRefused e) {
            LOG.warn("whoever reads on does so from the stored offsets: {}", e.getMessage());
        }
    }

    private void forget(Collection<TopicPartition> placeAnew) {
        storing.discard();
        memory.clear();
        intake.rewind();
        unplaced.clear();
        unplaced.addAll(placeAnew);
        placeAt = System.currentTimeMillis() + RETRY_MS;
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
            placeAt = 0;
            consumer.pause(consumer.assignment());
        }
    }
}
