package dev.milvuso.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.embedded.EmbeddedPostgres;
import dev.milvuso.embedded.EmbeddedServices;
import dev.milvuso.trainer.batch.ModelDirectory;
import dev.milvuso.trainer.batch.TrainedModel;
import dev.milvuso.trainer.batch.TrainingResult;
import dev.milvuso.trainer.data.Cut;
import dev.milvuso.trainer.data.Histories;
import dev.milvuso.trainer.model.FactorModel;
import dev.milvuso.trainer.optimizer.Optimizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    void aModelOfAnArchiveIsRegisteredWithTheOffsetsUpToWhichTheArchiveGoes() throws Exception {
        Config config = ConfigLoader.load(
                Optional.empty(),
                Map.of(),
                List.of(
                        "postgres.url=" + postgres.url(),
                        "postgres.user=" + postgres.user(),
                        "postgres.password=" + postgres.password(),
                        "kafka.training_topic=mine"));
        Path model = folder.resolve("archived");
        new ModelDirectory(model)
                .write(
                        new TrainedModel(
                                FactorModel.empty(2, Optimizer.named("sgd"), 1),
                                Histories.of(0, 0, new int[0], new int[0])),
                        new Cut(Map.of("mine", Map.of(0, 17L, 3, 5L), "other", Map.of(0, 99L))));
        Registration.of(config, "archived", new Registration.Archive("s3://bucket/archive"))
                .add(model, new TrainingResult(0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0));

        JsonNode shown = new ObjectMapper()
                .readTree(run("models", "show", "batch-archived", "--json").out());
        assertThat(shown.toString()).contains("\"cut\":{\"0\":17,\"3\":5}").contains("s3://bucket/archive");
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
