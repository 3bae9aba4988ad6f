package dev.milvuso.trainer.online;

import dev.milvuso.component.Unavailable;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.trainer.registry.Activated;
import dev.milvuso.trainer.registry.RegisteredModel;
import dev.milvuso.trainer.registry.postgres.ActivationTable;
import dev.milvuso.trainer.registry.postgres.HourTable;
import dev.milvuso.trainer.registry.postgres.ModelTable;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the registry while a trainer has the lease, on threads of its own, so that a slow or dead PostgreSQL holds up
 * no learning: writes down what has happened, and has versions prepared that somebody asks for.
 */
final class Registrar implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Registrar.class);
    private static final long TICK_MILLIS = 500;
    private static final long FORGET_SECONDS = 60;

    private final ModelTable models;
    private final ActivationTable activations;
    private final HourTable hours;
    private final HourMeter meter;
    private final Candidate candidate;
    private final StoreSync store;
    private final Supplier<Map<Integer, Long>> passed;
    private final Queue<Runnable> due = new ConcurrentLinkedQueue<>();
    private final AtomicReference<Prepared> ready = new AtomicReference<>();
    private final ScheduledThreadPoolExecutor ticking = new ScheduledThreadPoolExecutor(1, named("registry"));
    private final ExecutorService preparing = Executors.newSingleThreadExecutor(named("candidate"));
    private volatile long busyWith = -1;
    private volatile boolean stopping;
    private volatile ModelVersion serving;

    /** @param passed where the source of the version served stands */
    Registrar(
            ModelTable models,
            ActivationTable activations,
            HourTable hours,
            HourMeter meter,
            Candidate candidate,
            StoreSync store,
            ModelVersion serving,
            Supplier<Map<Integer, Long>> passed) {
        this.models = models;
        this.activations = activations;
        this.hours = hours;
        this.meter = meter;
        this.candidate = candidate;
        this.store = store;
        this.serving = serving;
        this.passed = passed;
        ticking.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    private static ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, "trainer-" + name);
            thread.setDaemon(true);
            return thread;
        };
    }

    void start() {
        var unused = ticking.scheduleWithFixedDelay(this::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * The version that is served from the start can be gone on from.
     *
     * @param model to be written down; empty if that was done when it was trained
     */
    void began(Optional<RegisteredModel> model) {
        String version = serving.value();
        due.add(() -> model.ifPresent(models::put));
        due.add(() -> {
            if (activations
                    .served()
                    .filter(done -> done.version().equals(version))
                    .isEmpty()) {
                activations.started(version);
            }
        });
        ticking.execute(this::tick);
    }

    private void tick() {
        try {
            Runnable next = due.peek();
            while (next != null) {
                next.run();
                due.remove();
                next = due.peek();
            }
            String version = serving.value();
            meter.take(System.currentTimeMillis()).ifPresent(hour -> due.add(() -> hours.add(version, hour)));
            if (busyWith < 0) {
                activations.asked().ifPresent(this::begin);
            }
        } catch (Unavailable e) {
            LOG.debug("the registry waits: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("the registry refused something", e);
            due.poll();
        }
    }

    private void begin(Activated asked) {
        if (asked.version().equals(serving.value())) {
            activations.done(asked.id(), asked.version(), -1);
            return;
        }
        busyWith = asked.id();
        preparing.execute(() -> prepare(asked));
    }

    private void prepare(Activated asked) {
        try {
            RegisteredModel model = models.find(asked.version())
                    .orElseThrow(() -> new IllegalArgumentException("no version " + asked.version()));
            LOG.info("preparing version {} to be served", asked.version());
            ready.set(candidate.prepare(asked, model, passed.get(), () -> stopping));
        } catch (CancellationException e) {
            LOG.debug("version {} is not prepared: {}", asked.version(), e.getMessage());
        } catch (Unavailable e) {
            LOG.warn("version {} is prepared again later: {}", asked.version(), e.getMessage());
            busyWith = -1;
        } catch (RuntimeException e) {
            LOG.error("version {} cannot be served", asked.version(), e);
            due.add(() -> activations.refused(asked.id(), String.valueOf(e.getMessage())));
            due.add(() -> busyWith = -1);
        }
    }

    /** A version to be served from now on, if one is ready; handed over once. */
    Optional<Prepared> ready() {
        return Optional.ofNullable(ready.getAndSet(null));
    }

    /**
     * What was prepared is served.
     *
     * @param replaced as it was when it was served last
     * @param baseline its mean NDCG; negative if it has ranked too few
     */
    void served(Activated asked, RegisteredModel replaced, boolean hasArtefact, double baseline) {
        ModelVersion old = new ModelVersion(replaced.version());
        meter.take(System.currentTimeMillis()).ifPresent(hour -> due.add(() -> hours.add(replaced.version(), hour)));
        serving = new ModelVersion(asked.version());
        if (hasArtefact && replaced.origin() == RegisteredModel.Origin.ONLINE) {
            due.add(() -> models.put(replaced));
        }
        due.add(() -> activations.done(asked.id(), replaced.version(), baseline));
        due.add(() -> busyWith = -1);
        var unused = ticking.schedule(() -> forget(old), FORGET_SECONDS, TimeUnit.SECONDS);
    }

    /** Servers may still search the version for lists that they make, so not at once. */
    private void forget(ModelVersion old) {
        if (!old.equals(serving) && busyWith < 0) {
            try {
                store.forget(old);
            } catch (RuntimeException e) {
                LOG.warn("the collections of version {} stay: {}", old, e.getMessage());
            }
        }
    }

    /** The version served has been compared with its predecessor. */
    void judged(boolean worse) {
        due.add(() -> {
            Optional<Activated> served = activations.served();
            served.ifPresent(done -> activations.judged(done.id()));
            if (worse) {
                served.map(Activated::predecessor)
                        .filter(predecessor -> !predecessor.isEmpty())
                        .ifPresent(predecessor -> {
                            long unused = activations.ask(predecessor, "drift");
                        });
            }
        });
    }

    @Override
    public void close() {
        stopping = true;
        preparing.shutdown();
        ticking.shutdown();
        try {
            boolean prepared = preparing.awaitTermination(10, TimeUnit.SECONDS);
            boolean ticked = ticking.awaitTermination(10, TimeUnit.SECONDS);
            if (!prepared || !ticked) {
                LOG.warn("the registry has not come to an end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ready().ifPresent(prepared -> prepared.lane().abandon());
        tickOnceMore();
    }

    private void tickOnceMore() {
        busyWith = 0;
        tick();
        tick();
    }
}
