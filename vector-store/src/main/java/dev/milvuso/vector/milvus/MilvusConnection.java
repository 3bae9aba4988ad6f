package dev.milvuso.vector.milvus;

import dev.failsafe.CircuitBreaker;
import dev.milvuso.component.Unavailable;
import dev.milvuso.config.MilvusConfig;
import io.milvus.shaded.io.grpc.Context;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.exception.MilvusClientException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Calls to a server: so many at once, all attempts of one within one deadline, repeated only where that is safe, and
 * refused at once for a second after several have failed in a row.
 */
final class MilvusConnection implements AutoCloseable {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);
    private static final double JITTER = 0.5;
    private static final int OUTAGE = 5;
    private static final Duration OUTAGE_PAUSE = Duration.ofSeconds(1);
    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "milvus-deadlines");
        thread.setDaemon(true);
        return thread;
    });

    private final MilvusConfig config;
    private final MilvusClients clients;
    private final MilvusFailures failures;
    private final CircuitBreaker<Object> breaker;
    /** First come, first served. Failsafe's bulkhead would give what is free to those who have given up waiting. */
    private final Semaphore places;

    MilvusConnection(MilvusConfig config) {
        this.config = config;
        this.clients = new MilvusClients(config);
        this.failures = new MilvusFailures(config.address());
        this.breaker = breaker();
        this.places = new Semaphore(config.maxCalls(), true);
    }

    private CircuitBreaker<Object> breaker() {
        return CircuitBreaker.builder()
                .handleIf(MilvusFailures::isOutage)
                .withFailureThreshold(OUTAGE)
                .withDelay(OUTAGE_PAUSE)
                .onHalfOpen(event -> clients.renew())
                .build();
    }

    /**
     * A call that may be made twice although the first attempt was carried out.
     *
     * @throws Unavailable if Milvus does not answer in time or cannot serve this now
     * @throws MilvusFailures.NoCollection if the call names a collection that is not there
     * @throws IllegalArgumentException if Milvus finds the call itself wrong
     */
    <T> T call(Function<MilvusClientV2, T> request) {
        return hurried(() -> repeated(client -> request.apply(client.client())));
    }

    /** A call that must not be made twice. */
    <T> T callOnce(Function<MilvusClientV2, T> request) {
        return hurried(() -> attempt(client -> request.apply(client.client())));
    }

    /** In the protocol itself, as {@link #call}. */
    <T> T send(Function<MilvusProtocol, T> request) {
        return hurried(() -> repeated(client -> request.apply(client.protocol())));
    }

    /** In the protocol itself, as {@link #callOnce}. */
    <T> T sendOnce(Function<MilvusProtocol, T> request) {
        return hurried(() -> attempt(client -> request.apply(client.protocol())));
    }

    /** Calls of which each has the call timeout for itself, such as those that wait for a collection to be loaded. */
    <T> T callAtLeisure(Function<MilvusClientV2, T> request) {
        return attempt(client -> request.apply(client.client()));
    }

    /** A deadline that the caller brought, if it is earlier, stays. */
    private <T> T hurried(Supplier<T> work) {
        Context.CancellableContext within =
                Context.current().withDeadlineAfter(config.callTimeout().toNanos(), TimeUnit.NANOSECONDS, TIMER);
        Context before = within.attach();
        try {
            return work.get();
        } finally {
            within.detach(before);
            within.cancel(null);
        }
    }

    /** Attempts until one succeeds, or may not be repeated, or the call timeout is over. */
    private <T> T repeated(Function<MilvusClients.Client, T> request) {
        long begin = System.nanoTime();
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(request);
            } catch (Unavailable e) {
                long left = config.callTimeout().toNanos() - (System.nanoTime() - begin);
                if (attempt >= config.attempts() || left <= 0 || !MilvusFailures.mayPass(e)) {
                    throw e;
                }
                pause(Math.min(left, backoff(attempt)));
            }
        }
    }

    /** @return nanoseconds to wait after an attempt, the first being 1 */
    private static long backoff(int attempt) {
        double doubled = Math.scalb((double) FIRST_PAUSE.toNanos(), attempt - 1);
        double jitter = 1 + JITTER * (2 * ThreadLocalRandom.current().nextDouble() - 1);
        return (long) (Math.min(doubled, (double) LONGEST_PAUSE.toNanos()) * jitter);
    }

    private void pause(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    /** Bound and circuit breaker by hand: composed by Failsafe they take more time than all else here together. */
    private <T> T attempt(Function<MilvusClients.Client, T> request) {
        if (!breaker.tryAcquirePermit()) {
            throw away("has failed " + OUTAGE + " times in a row and is asked again in a moment");
        }
        if (!enters()) {
            // Which says nothing against the server.
            breaker.recordSuccess();
            throw away("is asked by " + config.maxCalls() + " calls already, none of which ended within "
                    + config.callTimeout().toMillis() + " ms");
        }
        T answer;
        try {
            answer = ask(request);
        } catch (RuntimeException | Error e) {
            breaker.recordException(e);
            throw e;
        } finally {
            places.release();
        }
        breaker.recordSuccess();
        return answer;
    }

    private boolean enters() {
        try {
            return places.tryAcquire(config.callTimeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            breaker.recordSuccess();
            throw interrupted();
        }
    }

    private Unavailable interrupted() {
        Thread.currentThread().interrupt();
        return away("was not waited for: interrupted");
    }

    private <T> T ask(Function<MilvusClients.Client, T> request) {
        MilvusClients.Client client = clients.next();
        try {
            return request.apply(client);
        } catch (MilvusClientException e) {
            throw failures.meaning(e);
        }
    }

    private Unavailable away(String what) {
        return new Unavailable(MilvusFailures.DEPENDENCY, "Milvus at " + config.address() + " " + what, null);
    }

    @Override
    public void close() {
        clients.close();
    }
}
