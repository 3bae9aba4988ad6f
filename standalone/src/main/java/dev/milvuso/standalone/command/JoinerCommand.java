package dev.milvuso.standalone.command;

import dev.milvuso.config.Config;
import dev.milvuso.joiner.flink.JoinerJob;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the joiner in a Flink of its own against the services that the configuration names. */
@Command(
        name = "joiner",
        description = "Runs the joiner in a Flink of its own: makes training examples of actions. Needs Kafka.")
public final class JoinerCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Override
    public Integer call() throws InterruptedException {
        Config config = options.load();
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        return new Deployable(new JoinerJob(config, metrics))
                .withManagement(config.management(), metrics)
                .run();
    }
}
