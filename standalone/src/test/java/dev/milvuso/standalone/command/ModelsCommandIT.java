package dev.milvuso.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.milvuso.embedded.EmbeddedPostgres;
import dev.milvuso.embedded.EmbeddedServices;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The registry from the command line, without a trainer. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ModelsCommandIT {
    @TempDir
    static Path folder;

    private EmbeddedPostgres postgres;

    @BeforeAll
    void start() {
        postgres = new EmbeddedPostgres(EmbeddedServices.binaries(), folder.resolve("postgres"), 0);
        postgres.start();
    }

    @AfterAll
    void stop() {
        postgres.close();
    }

    private Run run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--set", "postgres.url=" + postgres.url(),
                "--set", "postgres.user=" + postgres.user(),
                "--set", "postgres.password=" + postgres.password()));
        return Run.of(all.toArray());
    }

    private Run train(String... more) throws Exception {
        Path data = Files.writeString(folder.resolve("data.csv"), "user_id,item_id\na,x\na,y\nb,y\nb,z\n");
        List<String> all = new ArrayList<>(List.of(
                "train",
                "--data",
                data.toString(),
                "--format",
                "csv",
                "--model-out",
                folder.resolve("model").toString(),
                "--set",
                "training.epochs=1"));
        all.addAll(List.of(more));
        return run(all.toArray(String[]::new));
    }

    @Test
    void aTrainedModelIsListedShownAndAskedFor() throws Exception {
        assertThat(train("--register", "first", "--json").exit()).isZero();
        JsonNode model = new ObjectMapper()
                .readTree(run("models", "list", "--json").out())
                .get("models")
                .get(0);
        assertThat(model.get("version").textValue()).isEqualTo("batch-first");
        assertThat(model.get("artefact").textValue())
                .isEqualTo(folder.resolve("model").toString());
        assertThat(model.get("configuration").get("epochs").intValue()).isEqualTo(1);
        assertThat(model.get("data").get("files").get(0).textValue()).endsWith("data.csv");
        assertThat(run("models", "show", "batch-first").out())
                .contains("seed 42")
                .contains("epochs=1");

        Run again = train("--register", "first");
        assertThat(again.exit()).isEqualTo(2);
        assertThat(again.err()).contains("batch-first is registered already");
        assertThat(run("models", "publish", "batch-first", "--wait", "0").exit())
                .isZero();
        assertThat(run("models", "pin", "batch-first", "--wait", "1").exit()).isEqualTo(1);
    }

    @Test
    void whatIsNotThereIsSaidInOneLine() {
        Run publish = run("models", "publish", "batch-nothing");
        assertThat(publish.exit()).isEqualTo(2);
        assertThat(publish.err())
                .contains("there is no model version batch-nothing")
                .hasLineCount(1);
        Run rollback = run("models", "rollback");
        assertThat(rollback.exit()).isEqualTo(2);
        assertThat(rollback.err()).contains("no version was served before this one");
    }
}
