package dev.milvuso.vector.milvus;

import dev.failsafe.Bulkhead;
import dev.failsafe.BulkheadFullException;
import dev.failsafe.CircuitBreaker;
import dev.failsafe.CircuitBreakerOpenException;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.Policy;
import dev.failsafe.RetryPolicy;
import dev.milvuso.component.Unavailable;
import dev.milvuso.config.MilvusConfig;
import io.milvus.shaded.io.grpc.Context;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.exception.MilvusClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
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
    private final FailsafeExecutor<Object> repeating;
    private final FailsafeExecutor<Object> once;

    MilvusConnection(MilvusConfig config) {
        this.config = config;
        this.clients = new MilvusClients(config);
        this.failures = new MilvusFailures(config.address());
        List<Policy<Object>> inner = List.of(breaker(), bulkhead());
        List<Policy<Object>> all = new ArrayList<>(inner);
        if (config.attempts() > 1 && config.callTimeout().compareTo(LONGEST_PAUSE) > 0) {
            all.add(0, retries());
        }
        this.repeating = Failsafe.with(all);
        this.once = Failsafe.with(inner);
    }

    private RetryPolicy<Object> retries() {
        return RetryPolicy.builder()
                .handleIf(MilvusFailures::mayPass)
                .withMaxAttempts(config.attempts())
                .withBackoff(FIRST_PAUSE, LONGEST_PAUSE)
                .withJitter(JITTER)
                .withMaxDuration(config.callTimeout())
                .build();
    }

    private CircuitBreaker<Object> breaker() {
        return CircuitBreaker.builder()
                .handleIf(MilvusFailures::isOutage)
                .withFailureThreshold(OUTAGE)
                .withDelay(OUTAGE_PAUSE)
                .onHalfOpen(event -> clients.renew())
                .build();
    }

    private Bulkhead<Object> bulkhead() {
        return Bulkhead.builder(config.maxCalls())
                .withMaxWaitTime(config.callTimeout())
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
        return hurried(() -> guarded(repeating, client -> request.apply(client.client())));
    }

    /** A call that must not be made twice. */
    <T> T callOnce(Function<MilvusClientV2, T> request) {
        return hurried(() -> guarded(once, client -> request.apply(client.client())));
    }

    /** In the protocol itself, as {@link #call}. */
    <T> T send(Function<MilvusProtocol, T> request) {
        return hurried(() -> guarded(repeating, client -> request.apply(client.protocol())));
    }

    /** In the protocol itself, as {@link #callOnce}. */
    <T> T sendOnce(Function<MilvusProtocol, T> request) {
        return hurried(() -> guarded(once, client -> request.apply(client.protocol())));
    }

    /** Calls of which each has the call timeout for itself, such as those that wait for a collection to be loaded. */
    <T> T callAtLeisure(Function<MilvusClientV2, T> request) {
        return guarded(once, client -> request.apply(client.client()));
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

    private <T> T guarded(FailsafeExecutor<Object> policies, Function<MilvusClients.Client, T> request) {
        try {
            return policies.get(() -> attempt(request));
        } catch (CircuitBreakerOpenException e) {
            throw away("has failed " + OUTAGE + " times in a row and is asked again in a moment", e);
        } catch (BulkheadFullException e) {
            throw away(
                    "is asked by " + config.maxCalls() + " calls already, none of which ended within "
                            + config.callTimeout().toMillis() + " ms",
                    e);
        } catch (FailsafeException e) {
            if (e.getCause() instanceof InterruptedException) {
                Thread.currentThread().interrupt();
                throw away("was not waited for: interrupted", e);
            }
            throw e;
        }
    }

    private Unavailable away(String what, RuntimeException cause) {
        return new Unavailable(MilvusFailures.DEPENDENCY, "Milvus at " + config.address() + " " + what, cause);
    }

    private <T> T attempt(Function<MilvusClients.Client, T> request) {
        MilvusClients.Client client = clients.next();
        try {
            return request.apply(client);
        } catch (MilvusClientException e) {
            throw failures.meaning(e);
        }
    }

    @Override
    public void close() {
        clients.close();
    }
}
