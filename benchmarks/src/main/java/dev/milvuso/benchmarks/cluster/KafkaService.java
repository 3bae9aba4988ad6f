package dev.milvuso.benchmarks.cluster;

import dev.milvuso.embedded.EmbeddedKafka;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** A broker in a process of its own. */
final class KafkaService implements Service {
    private final Path directory;
    private final int port;
    private final int advertised;
    private Process process;

    /** @param advertised port of the proxy that clients are sent to */
    KafkaService(Path directory, int port, int advertised) throws IOException {
        this.directory = directory;
        this.port = port;
        this.advertised = advertised;
        this.process = started();
    }

    private Process started() throws IOException {
        Process started = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KafkaService.class.getName(),
                        directory.toString(),
                        String.valueOf(port),
                        String.valueOf(advertised)))
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        directory.resolveSibling("kafka.log").toFile()))
                .start();
        if (started.getInputStream().read() < 0) {
            throw new IOException("the broker did not start: see " + directory.resolveSibling("kafka.log"));
        }
        return started;
    }

    /** Ends when its standard input does: with the process that started it. */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = System.out;
        System.setOut(System.err); // the log goes there
        EmbeddedKafka kafka = new EmbeddedKafka(
                Path.of(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        kafka.start();
        out.write('!');
        out.flush();
        System.in.readAllBytes();
        Runtime.getRuntime().halt(0);
    }

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void restart() throws IOException {
        process = started();
    }

    @Override
    public void freeze() throws IOException, InterruptedException {
        Signal.send("STOP", process.pid());
    }

    @Override
    public void thaw() throws IOException, InterruptedException {
        Signal.send("CONT", process.pid());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
