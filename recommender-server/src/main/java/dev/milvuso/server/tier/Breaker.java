package dev.milvuso.server.tier;

import dev.milvuso.component.Unavailable;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spares callers the wait for something that has failed several times in a row, or taken too long. After a while a
 * question of the breaker's own is asked beside them, so that nobody's request pays for finding out; if it is answered,
 * one caller at a time is let through: a success lets all of them through again, a failure none.
 */
public final class Breaker {
    private static final Logger LOG = LoggerFactory.getLogger(Breaker.class);
    private static final int FAILURES = 3;
    private static final Duration NEVER_SLOW = Duration.ofMillis(Long.MAX_VALUE);

    private final String dependency;
    private final Duration pause;
    private final long slowMillis;
    private final Clock clock;
    private final Runnable probe;
    private final Executor prober;
    private int failures;
    private long closedUntil;
    private boolean probing;
    private boolean isOnTrial;
    private long nextTrial;

    /** One for which no answer is too late. */
    public Breaker(String dependency, Duration pause, Clock clock, Runnable probe, Executor prober) {
        this(dependency, pause, NEVER_SLOW, clock, probe, prober);
    }

    /**
     * @param pause until it is asked again
     * @param slow an answer that takes longer counts as none, though whoever asked gets it
     * @param probe the question; throws if there is no answer
     * @param prober runs it; may wait
     */
    public Breaker(String dependency, Duration pause, Duration slow, Clock clock, Runnable probe, Executor prober) {
        this.dependency = dependency;
        this.pause = pause;
        this.slowMillis = slow.toMillis();
        this.clock = clock;
        this.probe = probe;
        this.prober = prober;
    }

    /** @throws Unavailable if the call failed, or is not tried at all because earlier ones have */
    public <T> T call(Supplier<T> work) {
        enter();
        takeTurn();
        long began = clock.millis();
        T result = tried(work);
        if (isInTime(began)) {
            succeeded();
        } else {
            failed();
        }
        return result;
    }

    /** As {@link #call}, for what may take long because it is much: how long it takes says nothing. */
    public <T> T batch(Supplier<T> work) {
        enter();
        return tried(work);
    }

    private <T> T tried(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            failed();
            throw e instanceof Unavailable ? e : new Unavailable(dependency, dependency + " does not answer", e);
        }
    }

    /** While nobody knows whether it answers callers again, one finds out for the others. */
    private synchronized void takeTurn() {
        long now = clock.millis();
        if (isOnTrial && now < nextTrial) {
            throw new Unavailable(dependency, "whether " + dependency + " answers again is being tried", null);
        }
        // Whoever tries it may hang.
        nextTrial = now + Math.min(slowMillis, pause.toMillis());
    }

    private boolean isInTime(long began) {
        return clock.millis() - began <= slowMillis;
    }

    /** To be called before a call that may have to wait for its turn; throws {@link Unavailable} if it is of no use. */
    public void enter() {
        if (!isOpen()) {
            throw new Unavailable(dependency, dependency + " has not answered lately", null);
        }
    }

    private synchronized boolean isOpen() {
        if (failures < FAILURES) {
            return true;
        }
        if (!probing && clock.millis() >= closedUntil) {
            probing = true;
            prober.execute(this::probe);
        }
        return false;
    }

    private void probe() {
        boolean answered = false;
        long began = clock.millis();
        try {
            probe.run();
            answered = isInTime(began);
        } catch (RuntimeException e) {
            LOG.debug("{} does not answer yet", dependency, e);
        } finally {
            probed(answered);
        }
    }

    private synchronized void probed(boolean answered) {
        probing = false;
        closedUntil = clock.millis() + pause.toMillis();
        failures = FAILURES;
        if (answered) {
            beginTrial();
        }
    }

    private void beginTrial() {
        failures = FAILURES - 1;
        isOnTrial = true;
        nextTrial = 0;
    }

    /**
     * Asks its question for somebody who is no caller. If it is answered in time, a caller is let through; what it
     * throws is thrown.
     *
     * @return whether it was answered in time
     */
    public boolean ask() {
        long began = clock.millis();
        probe.run();
        boolean inTime = isInTime(began);
        if (inTime) {
            answered();
        }
        return inTime;
    }

    private synchronized void answered() {
        if (failures >= FAILURES) {
            beginTrial();
        }
    }

    private synchronized void succeeded() {
        failures = 0;
        isOnTrial = false;
    }

    /** For those who gave up waiting for a call that has not returned. */
    public synchronized void failed() {
        failures++;
        closedUntil = clock.millis() + pause.toMillis();
    }
}
