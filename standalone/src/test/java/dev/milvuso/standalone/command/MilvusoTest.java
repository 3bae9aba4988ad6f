package dev.milvuso.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MilvusoTest {
    /** Each call, and what its one line must name. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense | unknown command nonsense: must be one of standalone, ",
                "server --nonsense | unknown option --nonsense: `milvuso server --help`",
                "trainer extra | unexpected argument extra",
                "models | a command is missing: must be one of list, show, ",
                "worker | Missing required option: '--worker-type=TYPE'",
                "worker --worker-type feature --set server.prot=1 | server.prot",
                "server --set server.port=70000 | server.port is 70000",
                "server --config /nowhere/at/all.toml | /nowhere/at/all.toml",
                "server | milvus.backend is \"embedded\"",
                "trainer | milvus.backend is \"embedded\"",
                "standalone --port x | --port",
                "import /nowhere | --format is missing: must be one of ncf, movielens, csv, jsonl, adjacency, parquet",
                "import --format csv | Missing required parameter: 'FILE'",
                "import --format xml /nowhere | must be one of ncf, movielens, csv, jsonl, adjacency, parquet",
                "import --format ncf /nowhere/at/all | /nowhere/at/all: there is no such file",
                "import --format ncf --connections 0 /nowhere | --connections is 0: must be 1 to 64",
                "import --format ncf --on-error stop /nowhere | must be fail or skip",
                "train --format ncf --data /nowhere --model-out /nowhere | /nowhere: there is no such file",
                "train --format ncf --data /nowhere | Missing required option: '--model-out",
                "replay --format csv | Missing required option: '--data",
                "replay --format csv --data /nowhere | /nowhere: there is no such file",
                "replay --format csv --data /nowhere --warm-up cold | --warm-up is cold: must be online or batch",
                "evaluate --protocol replay --format csv | --data is missing: replay needs it",
                "evaluate --protocol time-split --data /nowhere --split 1 | --split is 1.0: must be above 0 and below 1",
                "evaluate --protocol time-split --data /nowhere | /nowhere: there is no such file",
                "evaluate --protocol full-ranking | --model is missing: full-ranking needs it",
                "tune --format ncf --data /nowhere | /nowhere: there is no such file",
                "tune --format ncf --data /nowhere --trials 0 | --trials is 0: must be 1 to 10000",
                "tune --format ncf --data /nowhere --search grid | --search is grid: must be halving or random",
                "tune --format ncf --data /nowhere --range x | range 'x': must be KEY=LOW..HIGH or KEY=A,B,C",
                "tune --format ncf --data /nowhere --range learning_rate=1..0.1 | LOW must be below HIGH",
                "tune --format ncf --data /nowhere --range threads=1,2 | threads is not searched",
                "train --model-out /nowhere | --data is missing: name files, or a trainer's archive with --archive",
                "train --data /nowhere --model-out /nowhere | --format is missing",
                "train --data /nowhere --archive /nowhere --model-out /nowhere | --data and --archive are both given",
                "train --archive /nowhere --cut now --model-out /nowhere | an archive says itself how far it goes",
                "train --archive s3://key:secret@b --model-out /nowhere | archive.uri holds credentials",
                "train --archive ftp://b --model-out /nowhere | must be \"\", a directory, or a URI",
                "train --format ncf --data pom.xml --model-out /nowhere --epoch-models /nowhere | --epoch-log is missing",
                "bench nonsense | unknown command nonsense: must be one of tiny",
                "bench tiny extra | unexpected argument extra",
                "bench tiny --nonsense 1 | unknown option --nonsense: `milvuso bench tiny --help`",
                "bench tiny --rounds many | --rounds is many: must be 1 to 10",
                "bench tiny --rounds 11 | --rounds is 11: must be 1 to 10",
                "bench tiny --set server.port=x | server.port",
                "recommend --model /nowhere --user u | /nowhere is not a model directory",
                "recommend --model /nowhere --user u --num 0 | --num is 0: must be 1"
            })
    void wrongUsageIsOneLineThatSaysWhatWouldBeRightAndExitsWithTwo(String call, String named) {
        Run run = Run.of((Object[]) call.split(" "));
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .startsWith("milvuso: ")
                .contains(named);
    }

    /** Hadoop and Parquet are on the launcher's class path and not on the tests'. */
    @Test
    void trainingFromAnArchiveWithoutItsLibrariesSaysWhatIsMissing(@TempDir Path directory) {
        Run run = Run.of("train", "--archive", directory, "--model-out", directory.resolve("model"));
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("Hadoop's and Parquet's libraries are not on the class path");
    }

    @Test
    void parquetWithoutItsLibrariesSaysWhatIsMissing(@TempDir Path directory) throws Exception {
        Path file = java.nio.file.Files.writeString(directory.resolve("part-0.parquet"), "PAR1PAR1");
        for (Path named : List.of(file, directory)) {
            Run run =
                    Run.of("train", "--format", "parquet", "--data", named, "--model-out", directory.resolve("model"));
            assertThat(run.exit()).isEqualTo(1);
            assertThat(run.err()).contains("Hadoop's and Parquet's libraries are not on the class path");
        }
    }

    @Test
    void aFolderIsOneOfParquetFilesAlone(@TempDir Path directory) throws Exception {
        java.nio.file.Files.writeString(directory.resolve("_temporary.parquet"), "PAR1");
        Run empty = Run.of("import", "--format", "parquet", directory);
        assertThat(empty.exit()).isEqualTo(2);
        assertThat(empty.err()).contains(directory + ": is a folder without any file *.parquet");
        Run text = Run.of("import", "--format", "csv", directory);
        assertThat(text.exit()).isEqualTo(2);
        assertThat(text.err()).contains(directory + ": is a folder, must be a file");
    }

    @Test
    void evaluationNeedsWhatItsProtocolNeeds(@TempDir Path directory) throws Exception {
        Path test = java.nio.file.Files.writeString(directory.resolve("test"), "1\t2\t1\t0\n");
        Run unknown = Run.of("evaluate", "--model", directory, "--test", test, "--protocol", "nonsense");
        assertThat(unknown.err())
                .contains("must be leave-one-out, full-ranking, time-split, replay, ratings or off-policy");
        Run negatives = Run.of("evaluate", "--model", directory, "--test", test, "--protocol", "leave-one-out");
        assertThat(negatives.err()).contains("--negatives is missing");
        Run format = Run.of("evaluate", "--model", directory, "--test", test, "--protocol", "full-ranking");
        assertThat(format.err()).contains("--format is missing");
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(negatives.exit()).isEqualTo(2);
        assertThat(format.exit()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "standalone",
                "demo",
                "server",
                "trainer",
                "worker",
                "joiner",
                "import",
                "train",
                "evaluate",
                "replay",
                "tune",
                "bench",
                "recommend",
                "doctor"
            })
    void everyCommandHasHelpAndTakesTheConfiguration(String command) {
        Run run = Run.of(command, "--help");
        assertThat(run.exit()).isZero();
        assertThat(run.out()).startsWith("Usage: milvuso " + command).contains("--config=FILE", "--set=SECTION.");
    }

    @Test
    void theVersionIsTheProjects() {
        assertThat(Run.of("--version").out()).matches("milvuso \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\R");
        assertThat(Run.of("import", "--version").out())
                .isEqualTo(Run.of("--version").out());
    }

    @Test
    void noCommandAtAllShowsTheUsageAndExitsWithTwo() {
        StringWriter err = new StringWriter();
        assertThat(Milvuso.run(new PrintWriter(new StringWriter()), new PrintWriter(err, true)))
                .isEqualTo(2);
        assertThat(err.toString()).startsWith("Usage: milvuso ");
    }
}
