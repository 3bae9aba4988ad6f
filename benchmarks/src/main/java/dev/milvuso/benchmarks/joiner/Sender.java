package dev.milvuso.benchmarks.joiner;

import dev.milvuso.config.Config;
import dev.milvuso.kafka.KafkaClients;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;

/** Live traffic from a process of its own, so that sending does not count as the job's work. */
final class Sender implements AutoCloseable {
    private final Process process;

    Sender(Load load, int actionsPerSecond, List<String> settings) throws IOException {
        ProcessBuilder child = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Sender.class.getName(),
                String.valueOf(load.actions()),
                String.valueOf(load.withRequest()),
                String.valueOf(load.partitions()),
                String.valueOf(actionsPerSecond));
        child.command().addAll(settings);
        process = child.redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** @throws IllegalStateException if not all could be sent */
    void requireNoFailure() {
        if (!process.isAlive() && process.exitValue() != 0) {
            throw new IllegalStateException("the sender of live traffic has ended with " + process.exitValue());
        }
    }

    /** The child's own entry. */
    public static void main(String[] arguments) {
        List<String> given = List.of(arguments);
        Load load = new Load(
                Integer.parseInt(given.get(0)), Integer.parseInt(given.get(1)), Integer.parseInt(given.get(2)));
        Config config = JoinerCost.config(given.subList(4, given.size()));
        try (KafkaProducer<String, byte[]> producer = new KafkaClients(config.kafka()).producer("joiner-cost")) {
            load.send(producer, config.topics(), Pace.live(Integer.parseInt(given.get(3))));
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
