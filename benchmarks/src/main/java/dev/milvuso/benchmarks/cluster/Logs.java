package dev.milvuso.benchmarks.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What processes have written; it is gone when the benchmark ends. */
final class Logs {
    private Logs() {}

    static String last(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> !line.isBlank()).reduce("it has written nothing", (one, next) -> next);
        }
    }
}
