package dev.milvuso.trainer.archive;

import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.kafka.KafkaClients;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An archiver in a process of its own, which waits for its death. */
final class ArchiverProcess {
    private ArchiverProcess() {}

    static Process start(List<String> settings) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx192m",
                "-cp",
                System.getProperty("java.class.path"),
                ArchiverProcess.class.getName()));
        command.addAll(settings);
        return new ProcessBuilder(command).inheritIO().start();
    }

    public static void main(String[] settings) throws InterruptedException {
        Config config = ConfigLoader.load(Optional.empty(), Map.of(), List.of(settings));
        new Archiver(config, new KafkaClients(config.kafka()), Map.of(), new SimpleMeterRegistry()).start();
        Thread.currentThread().join();
    }
}
