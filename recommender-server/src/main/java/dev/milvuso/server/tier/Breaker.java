package dev.milvuso.server.tier;

import dev.milvuso.component.Unavailable;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;

/** Spares callers the wait for something that has failed several times in a row; lets one try again after a while. */
public final class Breaker {
    private static final int FAILURES = 3;

    private final String dependency;
    private final Duration pause;
    private final Clock clock;
    private int failures;
    private long closedUntil;

    public Breaker(String dependency, Duration pause, Clock clock) {
        this.dependency = dependency;
        this.pause = pause;
        this.clock = clock;
    }

    /** @throws Unavailable if the call failed, or is not tried at all because earlier ones have */
    public <T> T call(Supplier<T> work) {
        enter();
        try {
            T result = work.get();
            succeeded();
            return result;
        } catch (RuntimeException e) {
            failed();
            throw e instanceof Unavailable ? e : new Unavailable(dependency, dependency + " does not answer", e);
        }
    }

    private synchronized void enter() {
        if (failures < FAILURES) {
            return;
        }
        long now = clock.millis();
        if (now < closedUntil) {
            throw new Unavailable(dependency, dependency + " has not answered lately", null);
        }
        // This caller tries; the others go on without until it is known.
        closedUntil = now + pause.toMillis();
    }

    private synchronized void succeeded() {
        failures = 0;
    }

    /** For those who gave up waiting for a call that has not returned. */
    public synchronized void failed() {
        failures++;
        closedUntil = clock.millis() + pause.toMillis();
    }
}
