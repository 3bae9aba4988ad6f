package dev.milvuso.trainer.archive;

import dev.milvuso.component.Component;
import dev.milvuso.component.Health;
import dev.milvuso.config.Config;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.kafka.TopicCreator;
import dev.milvuso.trainer.archive.hadoop.HadoopArchive;
import dev.milvuso.trainer.archive.kafka.ArchiveSource;
import dev.milvuso.trainer.archive.store.ArchiveStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps {@code user_actions} and {@code training_examples} as Parquet in {@code archive.uri}. It has a thread of its
 * own and waits for a store or a broker that is away, so that nobody waits for it. Several archivers of one log share
 * its partitions.
 */
public final class Archiver implements Component {
    private static final Logger LOG = LoggerFactory.getLogger(Archiver.class);
    private static final long PAUSE_MS = 1000;
    private static final long CLOSING_MS = 20_000;

    private final Config config;
    private final KafkaClients kafka;
    private final Map<String, String> environment;
    private final ArchiveMetrics metrics;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile Health health = new Health.Down("not started");
    private @Nullable Thread archiving;

    /** @param environment holds the credentials of the store */
    public Archiver(Config config, KafkaClients kafka, Map<String, String> environment, MeterRegistry metrics) {
        this.config = config;
        this.kafka = kafka;
        this.environment = Map.copyOf(environment);
        this.metrics = ArchiveMetrics.of(metrics);
    }

    @Override
    public String name() {
        return "archiver";
    }

    @Override
    public synchronized void start() {
        if (archiving != null) {
            return;
        }
        Thread thread = new Thread(this::run, "archiver");
        thread.setDaemon(true);
        archiving = thread;
        health = new Health.Degraded("the archive has not been reached yet");
        thread.start();
    }

    private void run() {
        try {
            while (stopping.getCount() > 0) {
                archive();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (LinkageError e) {
            LOG.error("nothing is archived", e);
            health = new Health.Down(
                    "nothing is archived: Hadoop's and Parquet's libraries are not on the class path, see docs/decisions/archive.md");
        } catch (Error e) {
            health = new Health.Down("nothing is archived any more: " + e);
            throw e;
        }
    }

    /** Until it is told to stop, or the log cannot be read any more. */
    private void archive() throws InterruptedException {
        try (ArchiveStore store = new HadoopArchive(config.archive(), environment)) {
            TopicCreator.createMissing(config.kafka(), config.topics(), name());
            ArchivingLoop loop = new ArchivingLoop(config.archive(), store, new Decoding(config.topics()), metrics);
            Set<String> topics = Set.of(
                    config.topics().userActions().name(),
                    config.topics().trainingExamples().name());
            try (ArchiveSource source = new ArchiveSource(kafka, topics, loop::giveUp)) {
                archive(loop, source);
            }
        } catch (RuntimeException e) {
            // The broker, or the consumer itself: all is made anew.
            failed(e);
        }
    }

    private void archive(ArchivingLoop loop, ArchiveSource source) throws InterruptedException {
        while (stopping.getCount() > 0) {
            try {
                loop.turn(source);
                health = new Health.Up();
            } catch (IOException | RuntimeException e) {
                failed(e);
                loop.recover(source);
            }
        }
        try {
            loop.finishAll();
        } catch (IOException | RuntimeException e) {
            LOG.warn("the last files were not finished, their records will be read again: {}", e.toString());
            loop.recover(source);
        }
    }

    private void failed(Exception e) throws InterruptedException {
        String reason = e.getMessage() == null
                ? e.toString()
                : e.getMessage().lines().findFirst().orElse("");
        LOG.warn("archiving in {} is tried again: {}", config.archive().uri(), reason);
        LOG.debug("archiving failed", e);
        health = new Health.Degraded("nothing is archived at the moment: " + reason);
        var unused = stopping.await(PAUSE_MS, TimeUnit.MILLISECONDS);
    }

    @Override
    public Health health() {
        return health;
    }

    /** Finishes what has come so far, if the store takes it in time. */
    @Override
    public synchronized void close() {
        stopping.countDown();
        Thread thread = archiving;
        archiving = null;
        if (thread == null) {
            return;
        }
        try {
            thread.join(CLOSING_MS);
            if (thread.isAlive()) {
                LOG.warn("the archive does not answer: what is unfinished will be read again");
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
        health = new Health.Down("stopped");
    }
}
