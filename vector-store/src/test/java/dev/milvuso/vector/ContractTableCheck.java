package dev.milvuso.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.milvuso.vector.embedded.EmbeddedVectorStore;
import dev.milvuso.vector.milvus.MilvusVectorStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Runs after all others and writes into the module's README what they have shown; under {@code CI=true} it fails if
 * that is stale.
 */
final class ContractTableCheck {
    private static final String BEGIN = "<!-- written by the tests -->\n";
    private static final String END = "<!-- to here -->\n";

    @Test
    void theReadmeSaysWhatTheContractsHaveShown() throws IOException {
        ContractTable table = new ContractTable();
        table.read(Path.of("target/surefire-reports"));
        table.read(Path.of("target/failsafe-reports"));
        System.out.println(table.text());
        assumeTrue(table.isWhole(), "not every store's contracts were run");
        Path readme = Path.of("README.md");
        String there = Files.readString(readme);
        int begin = there.indexOf(BEGIN) + BEGIN.length();
        int end = there.indexOf(END);
        String fresh = there.substring(0, begin) + table.text() + "\n\n" + features() + "\n" + there.substring(end);
        boolean shows = there.contains(BEGIN) && begin < end;
        assertThat(shows).as("README.md has both markers").isTrue();
        if ("true".equals(System.getenv("CI"))) {
            assertThat(there)
                    .as("vector-store/README.md is stale: run mvn verify without CI=true and commit it")
                    .isEqualTo(fresh);
        } else {
            Files.writeString(readme, fresh);
        }
    }

    /** What not every store can do; the contracts hold each to what it says of itself. */
    private static String features() {
        List<Set<Feature>> stores;
        try (VectorStore embedded = EmbeddedVectorStore.inMemory()) {
            stores = List.of(
                    embedded.features(),
                    MilvusVectorStore.features("v2.3.5"),
                    MilvusVectorStore.features("milvus_lite-3.2.2"),
                    MilvusVectorStore.features("v2.5.0"));
        }
        List<String> lines = new ArrayList<>();
        lines.add("| | embedded | Milvus 2.3.5 | Milvus Lite 3.2.2 | Milvus 2.5 or newer (not in our tests) |");
        lines.add("|---|---|---|---|---|");
        for (Feature feature : Feature.values()) {
            if (stores.stream().allMatch(store -> store.contains(feature))) {
                continue;
            }
            lines.add("| " + feature.what() + " | "
                    + stores.stream()
                            .map(store -> store.contains(feature) ? "yes" : "no")
                            .collect(Collectors.joining(" | "))
                    + " |");
        }
        return Stream.of(lines).flatMap(List::stream).collect(Collectors.joining("\n"));
    }
}
