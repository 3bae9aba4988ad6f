package dev.milvuso.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.milvuso.standalone.command.Milvuso;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class BenchTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Milvuso.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    @Test
    void everyBenchmarkIsFoundByItsName() throws Exception {
        assertThat(run("bench", "--json")).isZero();
        assertThat(new ObjectMapper().readTree(out.toString()).get("benchmarks").findValuesAsText("name"))
                .containsExactly(
                        "ann",
                        "archive",
                        "degradation",
                        "freshness",
                        "ingest",
                        "isolation",
                        "joiner",
                        "memory",
                        "milvus",
                        "online",
                        "prequential",
                        "reacting",
                        "second-instance",
                        "serve",
                        "serve-cost",
                        "store",
                        "table",
                        "train");
    }

    @Test
    void aWrongNameIsOneLineWithTheRightOnes() {
        assertThat(run("bench", "nonsense")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualToNormalizingNewlines(
                        "milvuso: unknown command nonsense: must be one of ann, archive, degradation, freshness,"
                                + " ingest, isolation, joiner, memory, milvus, online, prequential, reacting,"
                                + " second-instance, serve, serve-cost, store, table, train\n");
    }

    /** The peer's script is not where it is looked for, as the launcher is not there to say where. */
    @Test
    void withoutThePeerOurOwnFiguresComeAndItsRowSaysWhy() throws Exception {
        assertThat(run("bench", "ann", "--json", "--vectors", "1000", "--queries", "20", "--dimension", "8"))
                .isZero();
        JsonNode result = new ObjectMapper().readTree(out.toString());
        assertThat(result.get("machine").get("cores").intValue()).isPositive();
        JsonNode ours = result.get("results").get(0);
        assertThat(ours.get("recall").doubleValue()).isEqualTo(1);
        assertThat(ours.get("queries_per_cpu_second").doubleValue()).isPositive();
        assertThat(ours.has("ratio_to_hnswlib")).isFalse();
        assertThat(result.get("results").get(1).get("fault").textValue()).startsWith("hnswlib could not be measured: ");
    }
}
