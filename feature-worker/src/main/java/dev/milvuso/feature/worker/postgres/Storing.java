package dev.milvuso.feature.worker.postgres;

import dev.milvuso.component.Health;
import dev.milvuso.component.Unavailable;
import dev.milvuso.feature.profile.Tally;
import dev.milvuso.feature.worker.state.Batch;
import dev.milvuso.feature.worker.state.Memory;
import dev.milvuso.feature.worker.state.ReadAgainException;
import dev.milvuso.postgres.StatementRefused;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores what memory holds, one batch after the other, beside the thread that reads the log. A batch that PostgreSQL
 * did not take is written again as it is, with growing pauses. For the reading thread.
 */
public final class Storing {
    private static final Logger LOG = LoggerFactory.getLogger(Storing.class);
    private static final int ROWS_AT_ONCE = 5_000;
    private static final long LONGEST_PAUSE_MS = 2_000;

    private final BatchWriter writer;
    private final Memory memory;
    private final Executor executor;
    private final Runnable before;
    private final Timer timer;
    private final long intervalMs;
    private @Nullable Batch batch;
    private @Nullable CompletableFuture<Map<String, Tally>> underWay;
    private long nextAt;
    private int failures;
    private volatile Health health = new Health.Up();

    /** @param before done first for each batch: makes durable what must not be missing once offsets are stored */
    public Storing(
            BatchWriter writer,
            Memory memory,
            Executor executor,
            Runnable before,
            Duration interval,
            MeterRegistry metrics) {
        this.writer = writer;
        this.memory = memory;
        this.executor = executor;
        this.before = before;
        this.timer = Timer.builder("milvuso.features.flush")
                .description("storing profiles, statistics and offsets in one transaction")
                .register(metrics);
        this.intervalMs = interval.toMillis();
    }

    /**
     * Takes note of what has been stored and begins the next batch if it is time.
     *
     * @throws ReadAgainException if another worker has the partitions, or a snapshot could not be written
     * @throws StatementRefused if PostgreSQL refuses the data; the batch is not written again, {@link #discard} follows
     */
    public void advance(long nowMs) {
        if (underWay != null) {
            if (!underWay.isDone()) {
                return;
            }
            settle(nowMs);
        }
        boolean due = nowMs >= nextAt || (failures == 0 && memory.dirtyRows() >= ROWS_AT_ONCE);
        if (due && (batch != null || memory.isDirty())) {
            begin();
            nextAt = nowMs + intervalMs;
        }
    }

    /**
     * Stores everything now, with one attempt for each batch.
     *
     * @return whether all is stored
     * @throws ReadAgainException as in {@link #advance}
     * @throws StatementRefused as in {@link #advance}
     */
    public boolean drain() {
        if (underWay != null) {
            settle(System.currentTimeMillis());
        }
        while (failures == 0 && (batch != null || memory.isDirty())) {
            begin();
            settle(System.currentTimeMillis());
        }
        return failures == 0;
    }

    private void begin() {
        Batch next = batch == null ? memory.take() : batch;
        batch = next;
        underWay = CompletableFuture.supplyAsync(
                () -> {
                    before.run();
                    return timer.record(() -> writer.write(next));
                },
                executor);
    }

    private void settle(long nowMs) {
        CompletableFuture<Map<String, Tally>> done = underWay;
        Batch written = batch;
        underWay = null;
        if (done == null || written == null) {
            return;
        }
        try {
            memory.stored(written, done.join());
            batch = null;
            failures = 0;
            health = new Health.Up();
            memory.trim();
        } catch (CompletionException e) {
            failed(e, nowMs);
        }
    }

    private void failed(CompletionException e, long nowMs) {
        if (e.getCause() instanceof ReadAgainException readAgain) {
            throw readAgain;
        }
        if (e.getCause() instanceof StatementRefused refused && refused.isForItsData()) {
            throw refused;
        }
        String reason = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
        health = e.getCause() instanceof Unavailable
                ? new Health.Degraded("profiles and statistics wait in memory: " + reason)
                : new Health.Down("profiles and statistics cannot be stored: " + reason);
        failures++;
        nextAt = nowMs + Math.min(LONGEST_PAUSE_MS, 100L << Math.min(10, failures));
        LOG.warn("profiles and statistics could not be stored, trying again: {}", reason);
    }

    /** Forgets the batch, once it has ended one way or the other. */
    public void discard() {
        if (underWay != null) {
            underWay.handle((stored, failure) -> stored != null).join();
        }
        underWay = null;
        batch = null;
        failures = 0;
    }

    /** Whether what is read gets stored. May be asked by any thread. */
    public Health health() {
        return health;
    }
}
