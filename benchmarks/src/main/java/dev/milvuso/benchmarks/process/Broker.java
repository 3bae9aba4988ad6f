package dev.milvuso.benchmarks.process;

import dev.milvuso.embedded.EmbeddedKafka;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A broker in a process of its own, so that its work does not count as the job's. */
public final class Broker implements AutoCloseable {
    private final Process process;
    private final String bootstrap;

    public Broker(Path directory) throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Broker.class.getName(),
                        directory.toString())
                .redirectError(directory.resolve("broker.log").toFile())
                .start();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = lines.readLine();
        while (line != null && !line.startsWith("bootstrap ")) {
            line = lines.readLine();
        }
        if (line == null) {
            throw new IOException("the broker did not start: see " + directory.resolve("broker.log"));
        }
        bootstrap = line.substring("bootstrap ".length());
    }

    public String bootstrap() {
        return bootstrap;
    }

    /** The child's own entry; it ends when its parent closes the pipe or dies. */
    public static void main(String[] arguments) throws IOException {
        EmbeddedKafka kafka = new EmbeddedKafka(Path.of(arguments[0], "kafka"), 0);
        kafka.start();
        System.out.println("bootstrap " + kafka.bootstrap());
        System.in.readAllBytes();
        Runtime.getRuntime().halt(0);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
