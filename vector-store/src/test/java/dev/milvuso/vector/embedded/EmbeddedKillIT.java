package dev.milvuso.vector.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.component.Health;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.IndexDescription;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.QueryRequest;
import dev.milvuso.vector.SearchRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A writing process is killed again and again, at any moment. Nothing that was acknowledged may be missing, nothing
 * that was deleted alive. {@code -Dmilvuso.kills=50} kills it fifty times instead of ten.
 */
final class EmbeddedKillIT {
    private static final int KILLS = Integer.getInteger("milvuso.kills", 10);
    private static final int MOST_STEPS = 400;

    @TempDir
    Path folder;

    @Test
    void nothingAcknowledgedIsMissingAndNothingDeletedIsAliveHoweverOftenTheWriterIsKilled() throws Exception {
        SplittableRandom random = new SplittableRandom(11);
        int done = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            int acknowledged = killedAfter(done, done + 1 + random.nextInt(MOST_STEPS));
            done = stepsFound(acknowledged);
        }
        System.out.println(KILLS + " kills, " + done + " steps, none missing");
    }

    /** @return how many steps the process said were done */
    private int killedAfter(int before, int wanted) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWriter.class.getName(),
                        folder.toString(),
                        Integer.toString(before))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        int acknowledged = before;
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                // The last line may be cut off.
                int said = line.matches("[0-9]+") ? Integer.parseInt(line) : 0;
                acknowledged = said == acknowledged + 1 ? said : acknowledged;
                if (acknowledged == wanted) {
                    // Not Process.destroyForcibly(), which would close the output as well.
                    assertThat(process.toHandle().destroyForcibly()).isTrue();
                }
            }
        }
        process.waitFor();
        assertThat(acknowledged).isGreaterThanOrEqualTo(wanted);
        return acknowledged;
    }

    /** The step that was under way is there whole or not at all. @return how many steps are there */
    private int stepsFound(int acknowledged) {
        try (EmbeddedVectorStore store = EmbeddedVectorStore.in(folder, KilledWriter.EXACT_BELOW)) {
            assertThat(store.health()).isEqualTo(new Health.Up());
            Map<Id, Entity> found = all(store);
            Map<Id, Entity> expected = KilledWriter.after(acknowledged);
            int steps = acknowledged;
            if (!found.equals(expected)) {
                KilledWriter.Step.of(steps++).write(expected);
            }
            assertThat(found).isEqualTo(expected);
            assertSearchable(store, expected);
            return steps;
        }
    }

    private static Map<Id, Entity> all(EmbeddedVectorStore store) {
        Map<Id, Entity> found = new HashMap<>();
        Iterator<List<Entity>> batches =
                store.iterate(KilledWriter.COLLECTION, QueryRequest.everything().output(Output.ALL), 1000);
        batches.forEachRemaining(
                batch -> batch.forEach(entity -> found.put(entity.key().orElseThrow(), entity)));
        return found;
    }

    /** By the lists that are made anew. */
    private static void assertSearchable(EmbeddedVectorStore store, Map<Id, Entity> expected) {
        IndexDescription index = store.indexes(KilledWriter.COLLECTION).await("vector", Duration.ofMinutes(1));
        assertThat(index.rowsIndexed()).isEqualTo(expected.size());
        long found = expected.values().stream()
                .limit(100)
                .filter(entity -> store.search(KilledWriter.COLLECTION, SearchRequest.nearest(entity.vector(), 1))
                        .equals(List.of(new Hit(entity.id(), 0))))
                .count();
        assertThat(found).isGreaterThanOrEqualTo(Math.min(100, expected.size()) * 9L / 10);
    }
}
