package dev.milvuso.vector.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.component.Health;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.Vector;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of a file that an earlier build wrote, with values and vectors of every kind. */
final class EarlierJournalTest {
    @TempDir
    Path folder;

    @Test
    void aJournalThatAnEarlierBuildWroteIsReadWhole() throws IOException {
        try (InputStream earlier =
                Objects.requireNonNull(EarlierJournalTest.class.getResourceAsStream("earlier-vectors.journal"))) {
            Files.copy(earlier, folder.resolve("vectors.log"));
        }
        try (EmbeddedVectorStore store = EmbeddedVectorStore.in(folder)) {
            assertThat(store.health()).isEqualTo(new Health.Up());
            assertThat(store.get("old", List.of(Id.of(7), Id.of(8)), Output.ALL))
                    .containsExactly(row(7, 1, -0f, 2), row(8, 3, 2, 1));
            assertThat(store.get("more", List.of(Id.of("ä")), Output.ALL))
                    .containsExactly(Entity.of(Id.of("ä"))
                            .with("bits", new Vector.Binary(new byte[] {1, -1}))
                            .with("sparse", new Vector.Sparse(new int[] {3, 9}, new float[] {2, -1})));
        }
    }

    private static Entity row(long key, float... numbers) {
        Map<String, Object> json = new HashMap<>();
        json.put("list", Arrays.asList("x", null, 2L, 0.5, false, Map.of()));
        json.put("none", null);
        return Entity.of(Id.of(key))
                .with("dense", Vector.of(numbers))
                .withAll(Map.of(
                        "text",
                        "it's \n 日本 😀",
                        "whole",
                        Long.MIN_VALUE,
                        "real",
                        -0.1,
                        "single",
                        0.1f,
                        "truth",
                        true,
                        "json",
                        json,
                        "tags",
                        List.of("red", ""),
                        "free",
                        "dynamic"));
    }
}
