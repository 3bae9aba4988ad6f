package dev.milvuso.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents tell people to type. */
class DocumentedCallsTest {
    private static final Path ROOT = Path.of("..");

    /** Without the header curl says that a form comes, which the server refuses. */
    @Test
    void everyBodyThatCurlSendsSaysThatItIsJson() throws IOException {
        List<Path> documents;
        try (Stream<Path> files = Files.walk(ROOT)) {
            documents = files.filter(file -> file.getFileName().toString().endsWith(".md"))
                    .filter(file -> !file.toString().contains("target"))
                    .toList();
        }
        int calls = 0;
        for (Path document : documents) {
            for (String line : Files.readAllLines(document)) {
                if (line.startsWith("curl ") && (line.contains(" -d ") || line.contains(" --data"))) {
                    assertThat(line).as(document.toString()).contains("-H 'Content-Type: application/json'");
                    calls++;
                }
            }
        }
        assertThat(calls).isGreaterThan(5);
    }
}
