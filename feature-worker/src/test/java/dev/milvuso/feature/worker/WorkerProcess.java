package dev.milvuso.feature.worker;

import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.postgres.Database;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A worker in a process of its own, which waits for its death. */
final class WorkerProcess {
    private WorkerProcess() {}

    static Process start(List<String> settings) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                WorkerProcess.class.getName()));
        command.addAll(settings);
        return new ProcessBuilder(command).inheritIO().start();
    }

    public static void main(String[] settings) throws InterruptedException {
        Config config = ConfigLoader.load(Optional.empty(), Map.of(), List.of(settings));
        new FeatureWorker(
                        config,
                        new KafkaClients(config.kafka()),
                        new Database(config.postgres(), "killed-worker"),
                        new SimpleMeterRegistry())
                .start();
        Thread.currentThread().join();
    }
}
