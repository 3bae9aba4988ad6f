package dev.milvuso.server.action.kafka;

import dev.milvuso.action.Action;
import dev.milvuso.action.Erasure;
import dev.milvuso.action.ServedList;
import dev.milvuso.action.UserEvent;
import dev.milvuso.component.Unavailable;
import dev.milvuso.config.KafkaConfig;
import dev.milvuso.server.action.ActionLog;
import dev.milvuso.server.action.Overloaded;
import dev.milvuso.topic.Topic;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
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

    /** For so long lists are collected, so that not each of them wakes up the thread that sends. */
    private static final int COLLECTING_MILLIS = 5;

    private final Topic<UserEvent> topic;
    private final Producer<String, byte[]> producer;
    private final KafkaConfig config;
    private final Origin origin;
    private final Counter lost;
    private final AtomicLong waiting = new AtomicLong();
    private final ConcurrentLinkedQueue<ProducerRecord<String, byte[]>> offered = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean collecting = new AtomicBoolean();
    private final AtomicLong acknowledgedAt;
    private final ExecutorService sender = Executors.newSingleThreadExecutor(task -> new Thread(task, "action-log"));
    private final Executor later = CompletableFuture.delayedExecutor(COLLECTING_MILLIS, TimeUnit.MILLISECONDS, sender);
    private final ExecutorService answers = Executors.newFixedThreadPool(
            Math.max(2, Runtime.getRuntime().availableProcessors()), task -> new Thread(task, "action-answers"));

    /**
     * @param producer is closed with this
     * @param origin marks all that is written
     */
    public KafkaActionLog(
            Topic<UserEvent> topic,
            Producer<String, byte[]> producer,
            KafkaConfig config,
            Origin origin,
            MeterRegistry metrics) {
        this.origin = origin;
        this.topic = topic;
        this.producer = producer;
        this.config = config;
        this.lost = metrics.counter("milvuso.impressions.dropped");
        this.acknowledgedAt =
                new AtomicLong(System.nanoTime() - Duration.ofDays(1).toNanos());
    }

    @Override
    public CompletableFuture<Void> append(List<Action> actions) {
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>(actions.size());
        actions.forEach(action -> records.add(recordOf(action)));
        return acknowledged(records);
    }

    @Override
    public CompletableFuture<Void> append(Erasure erasure) {
        return acknowledged(List.of(recordOf(erasure)));
    }

    private CompletableFuture<Void> acknowledged(List<ProducerRecord<String, byte[]>> records) {
        return send(records)
                .orTimeout(config.acknowledgeTimeout().toMillis(), TimeUnit.MILLISECONDS)
                // Neither on the producer's only thread nor on the JDK's only timer: what follows writes answers.
                .handleAsync(this::known, answers);
    }

    private Void known(Void unused, @Nullable Throwable failure) {
        if (failure != null) {
            origin.doubt();
            long millis = config.acknowledgeTimeout().toMillis();
            throw new Unavailable("kafka", "the log has not acknowledged within " + millis + " ms", failure);
        }
        return null;
    }

    @Override
    public void offer(ServedList list) {
        ProducerRecord<String, byte[]> each = recordOf(list);
        if (!isRoomFor(size(each))) {
            lost.increment();
            return;
        }
        offered.add(each);
        if (!collecting.getAndSet(true)) {
            later.execute(this::sendOffered);
        }
    }

    private void sendOffered() {
        collecting.set(false);
        for (ProducerRecord<String, byte[]> each = offered.poll(); each != null; each = offered.poll()) {
            send(each, this::sent);
        }
    }

    private void sent(@Nullable Exception failure) {
        if (failure != null) {
            lost.increment();
        }
    }

    private ProducerRecord<String, byte[]> recordOf(UserEvent event) {
        return origin.marked(new ProducerRecord<>(
                topic.name(), topic.key().apply(event), topic.codec().encode(event)));
    }

    /** Takes the room if there is any. */
    private boolean isRoomFor(long bytes) {
        // Half of the producer's buffer: it also holds what it pads, and compaction of batches wastes some.
        if (waiting.addAndGet(bytes) <= config.bufferBytes() / 2) {
            return true;
        }
        waiting.addAndGet(-bytes);
        return false;
    }

    private CompletableFuture<Void> send(List<ProducerRecord<String, byte[]>> records) {
        long bytes = records.stream().mapToLong(KafkaActionLog::size).sum();
        if (!isRoomFor(bytes)) {
            throw new Overloaded("too many actions wait for the log's acknowledgement");
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        try {
            sender.execute(() -> send(records, bytes, done));
        } catch (RejectedExecutionException e) {
            waiting.addAndGet(-bytes);
            done.completeExceptionally(e);
        }
        return done;
    }

    private void send(List<ProducerRecord<String, byte[]>> records, long bytes, CompletableFuture<Void> done) {
        if (done.isDone()) {
            waiting.addAndGet(-bytes); // whoever asked has been told already that it was not taken in time
            return;
        }
        sendOffered(); // an action comes after the list that it answers
        AtomicInteger left = new AtomicInteger(records.size());
        records.forEach(each -> send(each, failure -> answered(failure, left, done)));
    }

    private static void answered(@Nullable Exception failure, AtomicInteger left, CompletableFuture<Void> done) {
        if (failure != null) {
            done.completeExceptionally(failure);
        } else if (left.decrementAndGet() == 0) {
            done.complete(null);
        }
    }

    /** @param told once; of null if the record is durable */
    private void send(ProducerRecord<String, byte[]> each, Consumer<@Nullable Exception> told) {
        try {
            var unused = producer.send(each, (sent, failure) -> answered(each, failure, told));
        } catch (KafkaException | IllegalStateException e) {
            answered(each, e, told);
        }
    }

    private void answered(
            ProducerRecord<String, byte[]> each, @Nullable Exception failure, Consumer<@Nullable Exception> told) {
        waiting.addAndGet(-size(each));
        if (failure == null) {
            acknowledged();
        }
        told.accept(failure);
    }

    private static long size(ProducerRecord<String, byte[]> each) {
        return OVERHEAD + each.key().length() + each.value().length;
    }

    /** The broker has acknowledged something, here or elsewhere. */
    public void acknowledged() {
        acknowledgedAt.set(System.nanoTime());
    }

    public boolean acknowledgedWithin(Duration time) {
        return System.nanoTime() - acknowledgedAt.get() < time.toNanos();
    }

    @Override
    public void close() {
        sender.shutdown();
        try {
            if (sender.awaitTermination(5, TimeUnit.SECONDS)) {
                sendOffered();
            } else {
                LOG.warn("actions that nobody acknowledged are given up");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(Duration.ofSeconds(5));
        answers.shutdown();
    }
}
