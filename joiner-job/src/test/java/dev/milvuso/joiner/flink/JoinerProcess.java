package dev.milvuso.joiner.flink;

import dev.milvuso.config.ConfigLoader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The joiner in a process of its own, so that it can be killed. */
final class JoinerProcess {
    private static final String STARTED = "started";

    private final Process process;

    /** Returns when the join runs. */
    JoinerProcess(List<String> settings) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                JoinerProcess.class.getName()));
        command.addAll(settings);
        process = new ProcessBuilder(command)
                .redirectError(Path.of("target", "joiner-process.log").toFile())
                .start();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = lines.readLine();
        while (line != null && !line.equals(STARTED)) {
            line = lines.readLine();
        }
        if (line == null) {
            throw new IllegalStateException("the joiner ended before it ran: see target/joiner-process.log");
        }
    }

    /** The child's own entry; it ends when its parent closes the pipe or dies. */
    public static void main(String[] settings) throws IOException {
        new JoinerJob(ConfigLoader.load(Optional.empty(), Map.of(), List.of(settings)), new SimpleMeterRegistry())
                .start();
        System.out.println(STARTED);
        int unused = System.in.read();
        Runtime.getRuntime().halt(0);
    }

    /** {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
