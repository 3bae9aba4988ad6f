package dev.milvuso.server.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SameListsTest {
    private static List<String> lists(String... options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ListBits.class.getName()));
        Process child = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var out = child.getInputStream()) {
            List<String> lines = new String(out.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("list ")) // a log may come between
                    .toList();
            assertThat(child.waitFor()).isZero();
            return lines;
        }
    }

    @Test
    void wholeListsAreTheSameToTheLastBitWithAndWithoutVectorInstructions() throws Exception {
        List<String> quick = lists("--add-modules", "jdk.incubator.vector");
        List<String> plain = lists();
        assertThat(quick.get(0)).isNotEqualTo(plain.get(0));
        assertThat(quick).hasSize(1 + 50 * 4 * 20);
        // What they did last is in the last list of each.
        assertThat(quick.subList(41, 61)).isNotEqualTo(quick.subList(61, 81));
        assertThat(quick.subList(1, quick.size())).isEqualTo(plain.subList(1, plain.size()));
    }
}
