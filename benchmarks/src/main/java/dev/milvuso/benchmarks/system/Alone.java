package dev.milvuso.benchmarks.system;

import dev.milvuso.standalone.bench.Session;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The two processes of {@link ServerAlone}, which end with the session at the latest. */
final class Alone implements AutoCloseable {
    /** A tick of {@code /proc} is a hundredth of a second on every Linux. */
    private static final double MICROS_PER_TICK = 10_000;

    private static final int LAST_LINES = 5;

    private final Session session;
    private final String settings;
    private final String url;
    private final String bare;
    private final Process services;
    private final Process server;

    private Alone(Session session, Started services, Started server) {
        this.session = session;
        this.settings = services.said();
        String[] urls = server.said().split(" ", -1);
        this.url = urls[0];
        this.bare = urls[1];
        this.services = services.process();
        this.server = server.process();
    }

    private record Started(String said, Process process) {}

    /**
     * Returns when the server is ready.
     *
     * @param heapMebibytes of the server
     * @param further settings of the server
     */
    static Alone start(Session session, int items, int users, int dimension, int heapMebibytes, String... further)
            throws IOException {
        session.say("starting Kafka, PostgreSQL and Redis with %d items and %d users", items, users);
        Path directory = Files.createTempDirectory(session.directory(), "alone");
        Map<String, String> options = Map.of(
                "directory", directory.toString(),
                "items", String.valueOf(items),
                "users", String.valueOf(users),
                "dimension", String.valueOf(dimension));
        Started services = started(session, "settings ", "services", 2048, options);
        session.say("starting the server");
        StringBuilder settings = new StringBuilder(services.said());
        List.of(further).forEach(setting -> settings.append('\u001f').append(setting));
        Map<String, String> all = Map.of("settings", settings.toString());
        return new Alone(session, services, started(session, "ready ", "server", heapMebibytes, all));
    }

    /** @return what stands behind the word on its standard output */
    private static Started started(
            Session session, String word, String role, int heapMebibytes, Map<String, String> options)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heapMebibytes + "m",
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                ServerAlone.class.getName(),
                role));
        options.forEach((name, value) -> command.addAll(List.of("--" + name, value)));
        Path log = Files.createTempFile(session.directory(), role, ".log");
        Process process =
                new ProcessBuilder(command).redirectError(log.toFile()).start();
        session.opened(() -> stop(process));
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        List<String> last = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(word)) {
                return new Started(line.substring(word.length()), process);
            }
            last.add(line);
        }
        last.addAll(Files.readAllLines(log));
        throw new IOException("the " + role + " did not start: "
                + String.join(" / ", last.subList(Math.max(0, last.size() - LAST_LINES), last.size())));
    }

    private static void stop(Process process) throws IOException, InterruptedException {
        process.getOutputStream().close(); // it ends with its standard input, and what it has started with it
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            try (Stream<ProcessHandle> descendants = process.descendants()) {
                descendants.forEach(ProcessHandle::destroy);
            }
            process.destroyForcibly().waitFor();
        }
    }

    Session session() {
        return session;
    }

    /** Of Kafka, PostgreSQL and Redis, as {@link ServerAlone} takes them. */
    String settings() {
        return settings;
    }

    String url() {
        return url;
    }

    /** The bare route. */
    String bare() {
        return bare;
    }

    long pid() {
        return server.pid();
    }

    /** User and system time of the server's process so far, in microseconds. */
    double cpuMicros() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid() + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MICROS_PER_TICK;
    }

    @Override
    public void close() throws IOException {
        try {
            stop(server);
            stop(services);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the processes were stopped", e);
        }
    }
}
