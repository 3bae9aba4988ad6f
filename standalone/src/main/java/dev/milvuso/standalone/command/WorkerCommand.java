package dev.milvuso.standalone.command;

import dev.milvuso.component.Component;
import dev.milvuso.component.ManagementEndpoint;
import dev.milvuso.component.Unavailable;
import dev.milvuso.config.Config;
import dev.milvuso.feature.worker.FeatureWorker;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.postgres.Database;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs one worker against the services that the configuration names, until it is told to stop. */
@Command(name = "worker", description = "Runs a worker.", mixinStandardHelpOptions = true)
public final class WorkerCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerCommand.class);
    private static final int RETRY_MS = 2000;

    /** The kinds of workers there are. */
    enum Type {
        feature
    }

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Option(names = "--worker-type", required = true, description = "${COMPLETION-CANDIDATES}")
    private Type type = Type.feature;

    @Override
    public Integer call() throws InterruptedException {
        Config config = options.load();
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Database database = new Database(config.postgres(), "feature-worker");
        Component worker = new FeatureWorker(config, new KafkaClients(config.kafka()), database, metrics);
        ManagementEndpoint endpoint = new ManagementEndpoint(
                config.management().host(), config.management().port(), worker, metrics);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            worker.close();
                            endpoint.close();
                            database.close();
                        },
                        "stop"));
        LOG.info("{} worker: health and metrics on port {}", type, endpoint.start());
        startWhenReachable(worker);
        LOG.info("{} runs", worker.name());
        new CountDownLatch(1).await();
        return 0;
    }

    private static void startWhenReachable(Component component) throws InterruptedException {
        while (true) {
            try {
                component.start();
                return;
            } catch (Unavailable e) {
                LOG.warn("waiting for {}: {}", e.dependency(), e.getMessage());
                Thread.sleep(RETRY_MS);
            }
        }
    }
}
