package dev.milvuso.server;

import dev.milvuso.embedded.EmbeddedKafka;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A broker in a process of its own, which can be frozen and killed. */
final class BrokerProcess {
    private final Path directory;
    private final int port;
    private @Nullable Process process;

    BrokerProcess(Path directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    /** Returns when it takes requests. */
    void start() throws IOException {
        Process started = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BrokerProcess.class.getName(),
                        directory.toString(),
                        String.valueOf(port)))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process = started;
        if (started.getInputStream().read() < 0) {
            throw new IOException("the broker did not start");
        }
    }

    void freeze() throws Exception {
        signal("STOP");
    }

    void thaw() throws Exception {
        signal("CONT");
    }

    private void signal(String name) throws Exception {
        Process running = process;
        if (running != null) {
            new ProcessBuilder("kill", "-" + name, String.valueOf(running.pid()))
                    .start()
                    .waitFor(10, TimeUnit.SECONDS);
        }
    }

    /** As by {@code kill -9}. */
    void kill() throws Exception {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    /** Ends when its standard input does: with the process that started it. */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = System.out;
        System.setOut(System.err); // the log goes there
        EmbeddedKafka kafka = new EmbeddedKafka(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        kafka.start();
        out.write('!');
        out.flush();
        while (System.in.read() >= 0) {
            // Nothing is said to it; only the end counts.
        }
        Runtime.getRuntime().halt(0);
    }
}
