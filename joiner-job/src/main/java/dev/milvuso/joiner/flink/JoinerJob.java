package dev.milvuso.joiner.flink;

import dev.milvuso.component.Component;
import dev.milvuso.component.Health;
import dev.milvuso.component.Unavailable;
import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.kafka.TopicCreator;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The joiner in a Flink cluster inside this process; it goes on from its newest checkpoint by itself. */
public final class JoinerJob implements Component {
    private static final Logger LOG = LoggerFactory.getLogger(JoinerJob.class);
    private static final int START_TIMEOUT_SECONDS = 60;

    private final Config config;
    private final JobMeters meters;
    private @Nullable JobClient job;

    public JoinerJob(Config config, MeterRegistry metrics) {
        this.config = config;
        this.meters = new JobMeters(config.topics(), metrics);
    }

    /**
     * Entry of {@code flink run}: where the job runs, and where its checkpoints lie, is the cluster's to say.
     *
     * @param args {@code --config FILE} and any number of {@code --set section.key=value}
     */
    public static void main(String[] args) throws Exception {
        Optional<Path> file = Optional.empty();
        List<String> settings = new ArrayList<>();
        for (int i = 0; i < args.length; i += 2) {
            if (i + 1 == args.length || !(args[i].equals("--config") || args[i].equals("--set"))) {
                throw new IllegalArgumentException(
                        args[i] + ": must be --config FILE or --set section.key=value, each with its value");
            }
            if (args[i].equals("--config")) {
                file = Optional.of(Path.of(args[i + 1]));
            } else {
                settings.add(args[i + 1]);
            }
        }
        Config config = ConfigLoader.load(file, System.getenv(), settings);
        TopicCreator.createMissing(config.kafka(), config.topics(), "joiner");
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(JobSettings.of(config.joiner()));
        env.setParallelism(config.joiner().parallelism());
        new JoinerPipeline(config).addTo(env, actionReaders(config));
        env.execute("milvuso-joiner");
    }

    @Override
    public String name() {
        return "joiner";
    }

    @Override
    public void start() {
        TopicCreator.createMissing(config.kafka(), config.topics(), name());
        meters.register();
        Path root = Path.of(config.joiner().checkpointDirectory()).toAbsolutePath();
        Checkpoints kept = new Checkpoints(root);
        kept.prune();
        kept.clearWork();
        List<Path> checkpoints = kept.complete();
        for (Path checkpoint : checkpoints) {
            if (startFrom(root, Optional.of(checkpoint))) {
                return;
            }
            LOG.warn("the checkpoint {} cannot be read, trying the one before it", checkpoint);
        }
        if (!checkpoints.isEmpty()) {
            throw new IllegalStateException("none of the checkpoints in " + root
                    + " can be restored: move them away to begin anew from the earliest records");
        }
        if (!startFrom(root, Optional.empty())) {
            throw new IllegalStateException("the joiner's job did not start: the warning before this one says why");
        }
    }

    private boolean startFrom(Path root, Optional<Path> checkpoint) {
        Configuration settings = new LocalSettings(config.joiner(), root).with(checkpoint);
        LOG.info("starting {}", checkpoint.map(path -> "from " + path).orElse("from the earliest records"));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(
                config.joiner().parallelism(), settings);
        new JoinerPipeline(config).addTo(env, actionReaders(config));
        try {
            JobClient started = env.executeAsync("milvuso-joiner");
            job = started;
            return awaitRunning(started);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the joiner started", e);
        } catch (Exception e) {
            LOG.warn("the job did not start", e);
            return false;
        }
    }

    private static boolean awaitRunning(JobClient job) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_TIMEOUT_SECONDS);
        while (System.nanoTime() < deadline) {
            JobStatus status = job.getJobStatus().get(START_TIMEOUT_SECONDS, TimeUnit.SECONDS);
            if (status == JobStatus.RUNNING) {
                return true;
            }
            if (status.isTerminalState()) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        throw new Unavailable("flink", "the joiner did not run within " + START_TIMEOUT_SECONDS + " s", null);
    }

    /** One reader too many would hold time back for ever. */
    static int actionReaders(Config config) {
        String topic = config.topics().userActions().name();
        try (Admin admin = new KafkaClients(config.kafka()).admin("joiner-partitions")) {
            int partitions = admin.describeTopics(List.of(topic))
                    .topicNameValues()
                    .values()
                    .iterator()
                    .next()
                    .get(START_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .partitions()
                    .size();
            return Math.min(partitions, config.joiner().parallelism());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("kafka", "interrupted while " + topic + " was looked up", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new Unavailable("kafka", "the topic " + topic + " could not be looked up", e);
        }
    }

    @Override
    public Health health() {
        JobClient running = job;
        if (running == null) {
            return new Health.Down("the join has not started: no examples are made");
        }
        try {
            JobStatus status = running.getJobStatus().get(1, TimeUnit.SECONDS);
            if (status == JobStatus.RUNNING) {
                return new Health.Up();
            }
            return status.isTerminalState()
                    ? new Health.Down("the join is " + status + ": no examples are made")
                    : new Health.Degraded("the join is " + status + ": examples come late");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Health.Degraded("interrupted while the join was asked");
        } catch (ExecutionException | TimeoutException | IllegalStateException e) {
            return new Health.Down("the join does not answer: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        JobClient running = job;
        job = null;
        if (running == null) {
            return;
        }
        try {
            running.cancel().get(START_TIMEOUT_SECONDS, TimeUnit.SECONDS);
            running.getJobExecutionResult().get(START_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | IllegalStateException e) {
            LOG.debug("the job has ended: {}", e.getMessage());
        }
    }
}
