package dev.milvuso.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A process that takes a data directory, starts the servers in it and waits for its death. */
record Parent(Process process, Path directory) {
    public static void main(String[] arguments) throws InterruptedException {
        Path directory = Path.of(arguments[0]);
        try (DataDirectoryLock lock = DataDirectoryLock.take(directory);
                EmbeddedServices services = EmbeddedServices.start(directory)) {
            System.out.println(String.join(
                    " ",
                    String.valueOf(lock.hashCode()),
                    services.kafka().bootstrap(),
                    services.postgres().url(),
                    services.postgres().password(),
                    String.valueOf(services.redis().port())));
            Thread.currentThread().join();
        }
    }

    static Parent start(Path directory) throws IOException {
        return new Parent(
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Parent.class.getName(),
                                directory.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start(),
                directory);
    }

    /** Where its servers are. */
    record Ready(String bootstrap, String postgres, String password, int redis) {}

    Ready awaitReady() throws IOException {
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        String[] words =
                Objects.requireNonNull(output.readLine(), "the parent died").split(" ", -1);
        return new Ready(words[1], words[2], words[3], Integer.parseInt(words[4]));
    }

    /** All processes below it, and those that name its directory: they may not be below it any more. */
    List<ProcessHandle> family() {
        return Stream.concat(
                        process.descendants(),
                        ProcessHandle.allProcesses()
                                .filter(other ->
                                        other.info().commandLine().orElse("").contains(directory.toString() + "/")))
                .distinct()
                .toList();
    }
}
