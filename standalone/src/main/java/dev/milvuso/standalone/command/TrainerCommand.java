package dev.milvuso.standalone.command;

import dev.milvuso.component.Component;
import dev.milvuso.config.Config;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.postgres.Database;
import dev.milvuso.trainer.archive.Archiver;
import dev.milvuso.trainer.archive.WithArchiver;
import dev.milvuso.trainer.online.OnlineTrainer;
import dev.milvuso.vector.VectorStore;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the online trainer against the services that the configuration names. */
@Command(
        name = "trainer",
        description = "Runs the online trainer: learns from examples as they come. Needs Kafka, PostgreSQL and Milvus.")
public final class TrainerCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Override
    public Integer call() throws InterruptedException {
        Config config = options.load();
        VectorStore store = SharedStore.of(config.milvus());
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Database database = new Database(config.postgres(), "trainer");
        KafkaClients kafka = new KafkaClients(config.kafka());
        Component trainer = new OnlineTrainer(config, kafka, database, store, metrics);
        if (config.archive().isOn()) {
            trainer = new WithArchiver(trainer, new Archiver(config, kafka, System.getenv(), metrics));
        }
        return new Deployable(trainer, database, store)
                .withManagement(config.management(), metrics)
                .run();
    }
}
