package dev.milvuso.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.milvuso.config.ConfigLoader;
import dev.milvuso.standalone.command.Run;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The command against the whole platform: what was imported is counted once, whatever happens to the import. */
@TestInstance(Lifecycle.PER_CLASS)
class ImportIT {
    private static final int LINES = 30_000;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Path directory;
    private final Standalone standalone;

    ImportIT(@TempDir Path directory) {
        this.directory = directory;
        this.standalone = Standalone.start(directory.resolve("data"), settings -> {
            List<String> all = new ArrayList<>(List.of("server.port=0"));
            all.addAll(settings);
            return ConfigLoader.load(Optional.empty(), Map.of(), all);
        });
    }

    @AfterAll
    void stop() {
        standalone.close();
    }

    @Test
    void anInterruptedAndRepeatedImportCountsEveryLineOnce() throws Exception {
        long before = applied();
        SplittableRandom random = new SplittableRandom(1);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < LINES; i++) {
            lines.append(random.nextInt(500) + "\t" + random.nextInt(200) + "\t5\t" + (978_300_000 + i) + "\n");
        }
        Path file = Files.writeString(directory.resolve("a.rating"), lines);
        Path acknowledged = directory.resolve("acknowledged");
        Thread first = new Thread(() -> {
            var unused = importing("ncf", file, "--acknowledged", acknowledged, "--connections", 2);
        });
        first.start();
        await().pollInterval(Duration.ofMillis(10))
                .until(() -> Files.exists(acknowledged) && Files.size(acknowledged) > 0);
        first.interrupt();
        first.join();
        assertThat(Files.readAllLines(acknowledged)).hasSizeLessThan(LINES);

        Run second = importing("ncf", file, "--acknowledged", acknowledged, "--json");
        assertThat(second.exit()).isZero();
        assertThat(second.json().get("accepted").intValue()).isEqualTo(LINES);
        assertThat(second.json().get("rejected").intValue()).isZero();
        assertThat(second.json().get("actions_per_second").doubleValue()).isPositive();
        assertThat(Files.readAllLines(acknowledged).stream().distinct()).hasSize(LINES);
        assertThat(importing("ncf", file).exit()).isZero();
        await().atMost(Duration.ofSeconds(90)).until(() -> applied() >= before + LINES);
        // A last one behind all others: when it has been applied, so would be a repeat.
        Path last = Files.writeString(directory.resolve("last.rating"), "1\t1\t5\t978400000\n");
        assertThat(importing("ncf", last).exit()).isZero();
        await().until(() -> applied() >= before + LINES + 1);
        assertThat(applied()).isEqualTo(before + LINES + 1);
    }

    @Test
    void filmsBecomeTheCatalogue() throws Exception {
        Path films = Files.writeString(directory.resolve("movies.dat"), "m1::Heat (1995)::Action|Crime\n");
        Run run = importing("movielens", films, "--json");
        assertThat(run.json().get("items").intValue()).isEqualTo(1);
        assertThat(run.json().get("actions").intValue()).isZero();
        await().untilAsserted(() -> assertThat(get("/items/m1")).contains("Heat (1995)", "\"category\":\"Action\""));
    }

    @Test
    void wrongLinesAreNamedAndTheRestIsTaken() throws Exception {
        String good = "{\"user_id\":\"u\",\"item_id\":\"i\",\"action_type\":\"Like\"}\n";
        String unknownType = "{\"user_id\":\"u\",\"item_id\":\"i\",\"action_type\":\"Nod\"}\n";
        Path file = Files.writeString(directory.resolve("b.jsonl"), good + "{\n" + unknownType + good);
        Run failed = importing("jsonl", file);
        assertThat(failed.exit()).isEqualTo(2);
        assertThat(failed.err()).contains("b.jsonl line 2: is not valid JSON");
        Run run = importing("jsonl", file, "--on-error", "skip", "--json");
        assertThat(run.exit()).isZero();
        assertThat(run.json().get("accepted").intValue()).isEqualTo(2);
        assertThat(run.json().get("rejected").intValue()).isEqualTo(1);
        assertThat(run.json().get("skipped").intValue()).isEqualTo(1);
        assertThat(run.err()).contains("b.jsonl line 3: action_type must be one of ");
    }

    private Run importing(String format, Path file, Object... further) {
        List<Object> all = new ArrayList<>(List.of("import", "--format", format, "--url", standalone.url()));
        all.addAll(List.of(further));
        all.add(file);
        return Run.of(all.toArray());
    }

    private long applied() throws IOException, InterruptedException {
        return get("/metrics")
                .lines()
                .filter(line -> line.startsWith("milvuso_training_examples_applied_total "))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.indexOf(' '))))
                .sum();
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(standalone.url() + path)).build();
        return client.send(request, BodyHandlers.ofString()).body();
    }
}
