package dev.milvuso.server.action.kafka;

import dev.milvuso.action.Action;
import dev.milvuso.action.Heartbeat;
import dev.milvuso.action.ServedList;
import dev.milvuso.action.UserEvent;
import dev.milvuso.component.Unavailable;
import dev.milvuso.config.KafkaConfig;
import dev.milvuso.server.action.ActionLog;
import dev.milvuso.server.action.Overloaded;
import dev.milvuso.topic.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends to the topic of actions. {@code Producer.send} may block, so one thread of our own calls it; what waits
 * before that thread or for an acknowledgement counts against a budget of bytes, and what does not fit is refused at
 * once.
 */
public final class KafkaActionLog implements ActionLog {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaActionLog.class);

    /** A record's share of the buffer beside key and value. */
    private static final long OVERHEAD = 100;

    private final Topic<UserEvent> topic;
    private final Producer<String, byte[]> producer;
    private final KafkaConfig config;
    private final Clock clock;
    private final MeterRegistry metrics;
    private final AtomicLong waiting = new AtomicLong();
    private final ScheduledExecutorService sender =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "action-log"));
    private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "heartbeats");
        thread.setDaemon(true);
        return thread;
    });

    public KafkaActionLog(
            Topic<UserEvent> topic,
            Producer<String, byte[]> producer,
            KafkaConfig config,
            Clock clock,
            MeterRegistry metrics) {
        this.topic = topic;
        this.producer = producer;
        this.config = config;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** Begins to write heartbeats. */
    public void start() {
        long every = config.heartbeatInterval().toMillis();
        var unused = heart.scheduleWithFixedDelay(this::beat, 0, every, TimeUnit.MILLISECONDS);
    }

    @Override
    public CompletableFuture<Void> append(List<Action> actions) {
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>(actions.size());
        actions.forEach(action -> records.add(recordOf(action)));
        return send(records)
                .orTimeout(config.acknowledgeTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(new Unavailable(
                        "kafka",
                        "the log has not acknowledged within "
                                + config.acknowledgeTimeout().toMillis() + " ms",
                        failure)));
    }

    @Override
    public void offer(ServedList list) {
        try {
            var unused = send(List.of(recordOf(list))).exceptionally(failure -> lost());
        } catch (Overloaded e) {
            lost();
        }
    }

    private Void lost() {
        metrics.counter("milvuso.impressions.dropped").increment();
        return null;
    }

    private ProducerRecord<String, byte[]> recordOf(UserEvent event) {
        return new ProducerRecord<>(
                topic.name(), topic.key().apply(event), topic.codec().encode(event));
    }

    private CompletableFuture<Void> send(List<ProducerRecord<String, byte[]>> records) {
        long bytes = records.stream().mapToLong(KafkaActionLog::size).sum();
        // Half of the producer's buffer: it also holds what it pads, and compaction of batches wastes some.
        if (waiting.addAndGet(bytes) > config.bufferBytes() / 2) {
            waiting.addAndGet(-bytes);
            throw new Overloaded("too many actions wait for the log's acknowledgement");
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        AtomicInteger left = new AtomicInteger(records.size());
        try {
            sender.execute(() -> records.forEach(each -> send(each, left, done)));
        } catch (RejectedExecutionException e) {
            waiting.addAndGet(-bytes);
            done.completeExceptionally(e);
        }
        return done;
    }

    private void send(ProducerRecord<String, byte[]> each, AtomicInteger left, CompletableFuture<Void> done) {
        try {
            var unused = producer.send(each, (sent, failure) -> acknowledged(each, left, done, failure));
        } catch (KafkaException | IllegalStateException e) {
            acknowledged(each, left, done, e);
        }
    }

    private void acknowledged(
            ProducerRecord<String, byte[]> each,
            AtomicInteger left,
            CompletableFuture<Void> done,
            @org.jspecify.annotations.Nullable Exception failure) {
        waiting.addAndGet(-size(each));
        if (failure != null) {
            done.completeExceptionally(failure);
        } else if (left.decrementAndGet() == 0) {
            // Not on the producer's only thread: what follows writes answers.
            done.completeAsync(() -> null);
        }
    }

    private static long size(ProducerRecord<String, byte[]> each) {
        return OVERHEAD + each.key().length() + each.value().length;
    }

    private void beat() {
        try {
            byte[] value = topic.codec().encode(new Heartbeat(clock.instant()));
            for (var partition : producer.partitionsFor(topic.name())) {
                var unused = producer.send(new ProducerRecord<>(topic.name(), partition.partition(), "", value));
            }
        } catch (KafkaException | IllegalStateException e) {
            LOG.debug("no heartbeat this time", e);
        }
    }

    @Override
    public void close() {
        heart.shutdownNow();
        sender.shutdown();
        try {
            if (!sender.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("actions that nobody acknowledged are given up");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(Duration.ofSeconds(5));
    }
}
