package dev.milvuso.standalone.command;

import dev.milvuso.component.Component;
import dev.milvuso.config.Config;
import dev.milvuso.feature.worker.FeatureWorker;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.postgres.Database;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs one worker against the services that the configuration names, until it is told to stop. */
@Command(
        name = "worker",
        description = "Runs a worker: keeps profiles and item statistics. Needs Kafka and PostgreSQL.")
public final class WorkerCommand implements Callable<Integer> {
    /** The kinds of workers there are. */
    enum Type {
        feature
    }

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Option(names = "--worker-type", required = true, paramLabel = "TYPE", description = "${COMPLETION-CANDIDATES}")
    private Type type = Type.feature;

    @Override
    public Integer call() throws InterruptedException {
        Config config = options.load();
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Database database = new Database(config.postgres(), "feature-worker");
        Component worker = switch (type) {
            case feature -> new FeatureWorker(config, new KafkaClients(config.kafka()), database, metrics);
        };
        return new Deployable(worker, database)
                .withManagement(config.management(), metrics)
                .run();
    }
}
