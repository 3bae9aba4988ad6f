package dev.milvuso.benchmarks.process;

import dev.milvuso.standalone.bench.Session;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A program in a process of its own, which ends with the session; what it says goes to the progress. */
public final class Child {
    private Child() {}

    /**
     * Runs it to its end.
     *
     * @return its standard output
     * @throws IOException with the last line that it said, if it does not end well
     */
    public static String run(Session session, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile(session.directory(), "child", ".out");
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        session.opened(() -> stop(process));
        String last = "nothing was said";
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            String line;
            while ((line = lines.readLine()) != null) {
                session.say("%s", line);
                last = line.isBlank() ? last : line;
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        int status = process.waitFor();
        if (status != 0) {
            throw new IOException(Path.of(command.get(0)).getFileName() + " ended with " + status + ": " + last);
        }
        return Files.readString(out);
    }

    /** A Java program of this class path. */
    public static List<String> java(Class<?> program, long heapMebibytes, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heapMebibytes + "m",
                "-XX:+UseSerialGC",
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(arguments);
        return command;
    }

    /** With all that it has started, from the youngest on. */
    private static void stop(Process process) throws InterruptedException {
        try (Stream<ProcessHandle> descendants = process.descendants()) {
            descendants.forEach(ProcessHandle::destroy);
        }
        process.destroy();
        process.waitFor();
    }
}
