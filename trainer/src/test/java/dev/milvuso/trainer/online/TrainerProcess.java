package dev.milvuso.trainer.online;

import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.postgres.Database;
import dev.milvuso.vector.embedded.EmbeddedVectorStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A trainer in a process of its own, which waits for its death. */
final class TrainerProcess {
    private TrainerProcess() {}

    static Process start(List<String> settings) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                TrainerProcess.class.getName()));
        command.addAll(settings);
        return new ProcessBuilder(command).inheritIO().start();
    }

    public static void main(String[] settings) throws InterruptedException {
        Config config = ConfigLoader.load(Optional.empty(), Map.of(), List.of(settings));
        new OnlineTrainer(
                        config,
                        new KafkaClients(config.kafka()),
                        new Database(config.postgres(), "killed-trainer"),
                        EmbeddedVectorStore.inMemory(),
                        new SimpleMeterRegistry())
                .start();
        Thread.currentThread().join();
    }
}
