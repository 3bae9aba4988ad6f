package dev.milvuso.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.standalone.command.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line on the vector store of a running standalone, and on its folder afterwards. */
class VectorsOnServerIT {
    private static Run vectors(String store, Object place, Object... arguments) {
        List<Object> all = new ArrayList<>(List.of("vectors"));
        all.addAll(List.of(arguments));
        all.addAll(List.of(store, place));
        return Run.of(all.toArray());
    }

    @Test
    void collectionsOfOnesOwnStandBesideTheRecommendersAndOutliveIt(@TempDir Path folder) throws Exception {
        Path data = folder.resolve("data");
        Path films = Files.writeString(folder.resolve("films.jsonl"), """
                {"id": "dune", "vector": [1, 0, 1]}
                {"id": "emma", "vector": [0, 1, 0]}
                {"id": "solaris", "vector": [1, 0, 0.8]}
                """);
        try (Standalone standalone = Standalone.start(data, VectorsOnServerIT::configuration)) {
            String url = standalone.url();
            assertThat(vectors("--url", url, "create", "films", "--dimension", 3)
                            .exit())
                    .isZero();
            assertThat(vectors("--url", url, "upsert", "films", films).out()).startsWith("3 entities written");
            assertThat(vectors("--url", url, "search", "films", "--near", "dune", "-k", 1, "--json")
                            .json()
                            .at("/results/0/0/key")
                            .textValue())
                    .isEqualTo("solaris");
            Run own = vectors("--url", url, "create", "milvuso_items", "--dimension", 3);
            assertThat(own.err()).contains("is the recommender's own");
            assertThat(own.exit()).isEqualTo(2);
            assertThat(vectors("--data-dir", data, "list").exit()).isEqualTo(1);
        }
        assertThat(vectors("--data-dir", data, "count", "films").out()).isEqualTo("3\n");
    }

    private static Config configuration(List<String> settings) {
        List<String> all = new ArrayList<>(List.of("server.port=0"));
        all.addAll(settings);
        return ConfigLoader.load(Optional.empty(), Map.of(), all);
    }
}
