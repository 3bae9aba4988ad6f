package dev.milvuso.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.standalone.Standalone;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's first command, without its process. */
final class DemoIT {
    @Test
    void listsComeToSuitVisitorsBetterThanThePopularList(@TempDir Path directory) throws Exception {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        try (Standalone standalone = Standalone.start(directory, DemoIT::configuration);
                Demo demo = new Demo(standalone.url(), 300, new PrintStream(lines, true, StandardCharsets.UTF_8))) {
            Demo.Summary summary = demo.run(Duration.ofSeconds(25));
            assertThat(summary.actions()).isGreaterThan(100);
            assertThat(summary.suited()).isGreaterThan(summary.popularSuited() * 1.5);
        }
        assertThat(lines.toString(StandardCharsets.UTF_8))
                .contains("recommended")
                .contains("popular list")
                .doesNotContain("NaN");
    }

    private static Config configuration(List<String> settings) {
        List<String> all = new ArrayList<>(List.of("server.port=0"));
        all.addAll(settings);
        return ConfigLoader.load(Optional.empty(), Map.of(), all);
    }
}
