package dev.milvuso.standalone.command;

import dev.milvuso.config.Config;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.postgres.Database;
import dev.milvuso.server.RecommenderServer;
import dev.milvuso.vector.VectorStore;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the REST interface against the services that the configuration names. */
@Command(
        name = "server",
        description = "Runs the recommender server: takes actions, serves lists. Needs Kafka, PostgreSQL and Milvus.")
public final class ServerCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Override
    public Integer call() throws InterruptedException {
        Config config = options.load();
        VectorStore store = SharedStore.of(config.milvus());
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Database database = new Database(config.postgres(), "recommender-server");
        RecommenderServer server =
                new RecommenderServer(config, new KafkaClients(config.kafka()), database, store, metrics);
        return new Deployable(server, database, store).run();
    }
}
