package dev.milvuso.joiner.flink;

import dev.milvuso.embedded.FreePorts;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Flink's own standalone session cluster: a job manager and a task manager in processes of their own, with nothing of
 * ours on their class path, and {@code flink run} from a third.
 */
final class FlinkCluster implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final List<String> NOT_FLINKS =
            List.of("milvuso", "joiner-job", "kafka", "flink-connector-kafka", "flink-connector-base", "jackson");

    private final Path directory;
    private final List<Process> processes = new ArrayList<>();

    FlinkCluster(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
        Files.writeString(
                directory.resolve("config.yaml"),
                settings().entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + entry.getValue() + "\n")
                        .collect(Collectors.joining()));
        processes.add(start("jobmanager", "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint"));
        processes.add(start("taskmanager", "org.apache.flink.runtime.taskexecutor.TaskManagerRunner"));
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("jobmanager.rpc.address", LOOPBACK);
        settings.put("jobmanager.rpc.port", String.valueOf(FreePorts.orFree(0)));
        settings.put("jobmanager.bind-host", LOOPBACK);
        settings.put("taskmanager.bind-host", LOOPBACK);
        settings.put("taskmanager.host", LOOPBACK);
        settings.put("rest.address", LOOPBACK);
        settings.put("rest.bind-address", LOOPBACK);
        settings.put("rest.port", String.valueOf(FreePorts.orFree(0)));
        settings.put("taskmanager.numberOfTaskSlots", "2");
        // What the distribution's shell scripts work out from the machine's memory.
        settings.put("taskmanager.cpu.cores", "1");
        settings.put("taskmanager.memory.task.heap.size", "128m");
        settings.put("taskmanager.memory.task.off-heap.size", "0");
        settings.put("taskmanager.memory.framework.heap.size", "128m");
        settings.put("taskmanager.memory.framework.off-heap.size", "64m");
        settings.put("taskmanager.memory.jvm-metaspace.size", "128m");
        settings.put("taskmanager.memory.jvm-overhead.min", "64m");
        settings.put("taskmanager.memory.jvm-overhead.max", "64m");
        settings.put("taskmanager.memory.managed.size", "64m");
        settings.put("taskmanager.memory.network.min", "32m");
        settings.put("taskmanager.memory.network.max", "32m");
        settings.put("execution.checkpointing.storage", "filesystem");
        settings.put(
                "execution.checkpointing.dir",
                directory.resolve("checkpoints").toUri().toString());
        return settings;
    }

    /** The job jar that the {@code package} phase has made. */
    static Path jobJar() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return files.filter(file -> file.getFileName().toString().endsWith("-flink.jar"))
                    .findFirst()
                    .orElseThrow(
                            () -> new IllegalStateException("target/joiner-job-*-flink.jar is missing: package it"));
        }
    }

    /** What {@code flink} prints with these arguments, after it has ended. */
    String flink(String... arguments) throws IOException, InterruptedException {
        Path log = Files.createTempFile(directory, "flink", ".log");
        Process process = start(log, "org.apache.flink.client.cli.CliFrontend", List.of(arguments));
        if (!process.waitFor(180, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        String printed = Files.readString(log);
        if (process.isAlive() || process.exitValue() != 0) {
            throw new IllegalStateException("flink " + String.join(" ", arguments) + " failed: " + printed);
        }
        return printed;
    }

    private Process start(String name, String main) throws IOException {
        return start(Path.of("target", "flink-" + name + ".log"), main, List.of("--configDir", directory.toString()));
    }

    private Process start(Path log, String main, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dlogback.configurationFile="
                        + Path.of("src", "test", "resources", "logback-test.xml")
                                .toAbsolutePath(),
                // As the distribution's own config.yaml does.
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-cp",
                flinksClassPath(),
                main));
        command.addAll(arguments);
        ProcessBuilder process =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        process.environment().put("FLINK_CONF_DIR", directory.toString());
        return process.start();
    }

    private static String flinksClassPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> NOT_FLINKS.stream().noneMatch(part -> isPartOf(entry, part)))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Flink's own shaded Jackson stays. */
    private static boolean isPartOf(String entry, String part) {
        return entry.contains(part) && !entry.contains("flink-shaded");
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
    }
}
