package dev.milvuso.server.quality;

import dev.milvuso.action.UserEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Holds what happens for a moment and has it counted many at a time, so that who serves a list neither waits for that
 * nor wakes anybody up. {@link #happened} is safe for use by many threads, {@link #run} for one at a time.
 */
public final class Intake implements Runnable {
    /** Events that wait; beyond them what comes is not counted. */
    static final int MOST = 200_000;

    private final Consumer<UserEvent> counting;
    private final BooleanSupplier mayCount;
    private final Counter dropped;
    private final ConcurrentLinkedQueue<UserEvent> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();

    /** @param mayCount whether what was before has been counted, so that lists come before what followed them */
    public Intake(Consumer<UserEvent> counting, BooleanSupplier mayCount, MeterRegistry metrics) {
        this.counting = counting;
        this.mayCount = mayCount;
        this.dropped = Counter.builder("milvuso.quality.dropped")
                .description("Lists and actions that are in no measure of quality, since too many came at once")
                .register(metrics);
    }

    public void happened(UserEvent event) {
        if (size.incrementAndGet() > MOST) {
            size.decrementAndGet();
            dropped.increment();
            return;
        }
        waiting.add(event);
    }

    /** Has what waits counted. To be called every moment. */
    @Override
    public void run() {
        // Rather out of order than not at all.
        if (!mayCount.getAsBoolean() && size.get() < MOST / 2) {
            return;
        }
        for (UserEvent next = waiting.poll(); next != null; next = waiting.poll()) {
            size.decrementAndGet();
            counting.accept(next);
        }
    }
}
