package dev.milvuso.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BenchCommandTest {
    @Test
    void theResultIsOneDocumentOfMachineAndRowsAndNothingIsLeftBehind() throws Exception {
        Run run = Run.of("bench", "tiny", "--json", "--rounds", "4", "--set", "server.port=4711");
        assertThat(run.exit()).isZero();
        JsonNode result = run.json();
        assertThat(result.get("machine").fieldNames())
                .toIterable()
                .containsExactly("cpu", "cores", "memory_bytes", "jdk", "os", "load_before", "load_after");
        JsonNode row = result.get("results").get(0);
        assertThat(row.get("rounds").intValue()).isEqualTo(4);
        assertThat(row.get("port").intValue()).isEqualTo(4711);
        String directory = row.get("directory").textValue();
        assertThat(run.err().lines()).containsExactly("halfway", "closed, and " + directory + " is there");
        assertThat(Path.of(directory)).doesNotExist();
    }

    @Test
    void withoutJsonItIsATableWithALineForEachFigure() {
        Run run = Run.of("bench", "tiny", "--word", "hello");
        assertThat(run.exit()).isZero();
        assertThat(run.out().lines())
                .contains("rounds     3", "word       hello")
                .anyMatch(line -> line.startsWith("cores "));
    }

    @Test
    void whatCameOutAsItMustNotFails() throws Exception {
        Run run = Run.of("bench", "tiny", "--word", "wrong", "--json");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.json().get("results")).hasSize(1);
    }

    @Test
    @Timeout(60)
    void oneThatCannotMeasureSaysWhyAndEnds() {
        Run run = Run.of("bench", "tiny", "--word", "none");
        assertThat(run.exit()).isNotZero();
        assertThat(run.err()).contains("--word is none: must be another");
    }

    @Test
    void withoutANameItListsThem() {
        assertThat(Run.of("bench").out()).isEqualTo("tiny           Says what it was given.\n");
        assertThat(Run.of("bench", "--json").out())
                .startsWith("{\"benchmarks\":[{\"name\":\"tiny\",\"description\":\"Says what it was given.\"}]}");
    }

    @Test
    void everyOneSaysItsOptionsAndWhatCountsWithoutThem() {
        Run run = Run.of("bench", "tiny", "--help");
        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .contains(
                        "Usage: milvuso bench tiny",
                        "Says what it was given.",
                        "how often; default: 3",
                        "--config=FILE");
    }
}
