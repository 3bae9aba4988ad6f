package dev.milvuso.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever is wrong with what train and evaluate are given ends in one line, and no model holds anything but numbers.
 */
class BadInputTest {
    @TempDir
    private Path directory = Path.of("");

    private Path model = Path.of("");

    @BeforeEach
    void place() {
        model = directory.resolve("model");
    }

    private Path file(String name, String text) throws IOException {
        return file(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(directory.resolve(name), bytes);
    }

    private static String pairs() {
        StringBuilder lines = new StringBuilder();
        for (int user = 0; user < 30; user++) {
            for (int i = 0; i < 5; i++) {
                lines.append("u" + user + "\ti" + (user * 7 + i) % 20 + "\t5\t" + i + "\n");
            }
        }
        return lines.toString();
    }

    private Run train(Path data, String format, String... settings) {
        Stream<String> set = Stream.concat(
                        Stream.of(
                                "training.threads=1",
                                "training.epochs=3",
                                "milvus.dimension=8",
                                "recommendation.embedding_dim=8"),
                        Stream.of(settings))
                .flatMap(setting -> Stream.of("--set", setting));
        return Run.of(Stream.concat(Stream.of("train", "--data", data, "--format", format, "--model-out", model), set)
                .toArray());
    }

    private void assertRefused(Run run, String... named) {
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .startsWith("milvuso: ")
                .contains(named)
                .hasSizeLessThan(400);
        assertThat(model).doesNotExist();
    }

    private void assertLearned(Run run) throws IOException {
        assertThat(run.err().lines()).allSatisfy(line -> assertThat(line).contains(" says nothing here: "));
        assertThat(run.exit()).isZero();
        for (String name : List.of("users.f32", "items.f32")) {
            ByteBuffer rows =
                    ByteBuffer.wrap(Files.readAllBytes(model.resolve(name))).order(ByteOrder.LITTLE_ENDIAN);
            while (rows.hasRemaining()) {
                assertThat(rows.getFloat()).isFinite();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"ncf", "movielens", "csv", "jsonl", "adjacency"})
    void aFileWithNothingInItIsRefusedInEveryFormat(String format) throws IOException {
        assertRefused(train(file("none", ""), format), "none: no positive interaction in it");
        assertRefused(train(file("blank", "\n\r\n   \n\n"), format), "blank: no positive interaction in it");
    }

    @Test
    void aHeaderAloneIsRefused() throws IOException {
        assertRefused(train(file("header", "user_id,item_id\n"), "csv"), "header: no positive interaction in it");
        assertRefused(
                train(file("header", "userId,movieId,rating,timestamp\n"), "movielens"),
                "header: no positive interaction in it");
    }

    @Test
    void oneUserIsLearnedAndOneItemIsRefusedAndSoIsOnePair() throws IOException {
        assertRefused(train(file("item", "a\ti\nb\ti\nc\ti\n"), "ncf"), "one item alone");
        assertRefused(train(file("pair", "a\ti\n"), "ncf"), "one item alone");
        assertLearned(train(file("user", "a\ti\na\tj\na\tk\n"), "ncf"));
    }

    @ParameterizedTest
    @CsvSource({"fast, cosine", "als, euclidean"})
    void aRecipeOfLeastSquaresLearnsOtherMetricsByStepsAndSaysSo(String recipe, String metric) throws IOException {
        Run run = Run.of(
                "train",
                "--recipe",
                recipe,
                "--data",
                file("pairs", pairs()),
                "--format",
                "ncf",
                "--model-out",
                model,
                "--set",
                "training.metric=" + metric);
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err().lines().toList())
                .contains("recipe " + recipe + ": gradient steps, since training.metric is \"" + metric
                        + "\" and least squares know \"inner_product\" alone");
        assertThat(model.resolve("model.json")).content().contains("\"" + metric + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "als, training.epochs=2, [als]",
        "als, training.initializer=constant, [als]",
        "sgd, als.iterations=2, [training]",
    })
    void aKeyThatTheAlgorithmDoesNotReadIsNamed(String algorithm, String setting, String section) throws IOException {
        Run run = Run.of(
                "train",
                "--data",
                file("pairs", pairs()),
                "--format",
                "ncf",
                "--model-out",
                model,
                "--set",
                "training.algorithm=" + algorithm,
                "--set",
                setting);
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err().lines().toList())
                .contains(setting.substring(0, setting.indexOf('=')) + " says nothing here: training.algorithm is \""
                        + algorithm + "\", whose keys are those of " + section);
    }

    @Test
    void aColumnThatIsThereTwiceIsRefused() throws IOException {
        assertRefused(
                train(file("twice", "user_id,item_id,item_id\na,b,c\n"), "csv"),
                "column item_id is there more than once: the header is");
    }

    @ParameterizedTest
    @CsvSource({"tune, --out", "tune, --plot", "replay, --plot", "train, --epoch-log"})
    void aResultThatNoFolderTakesIsRefusedBeforeTheWork(String command, String option) throws IOException {
        Path place = directory.resolve("nowhere/result.html");
        Run run = Run.of(
                command,
                "--data",
                file("pairs", pairs()),
                "--format",
                "ncf",
                option,
                place,
                "--set",
                "training.seed=1");
        Run withModel = Run.of(
                "train",
                "--model-out",
                model,
                "--data",
                file("pairs", pairs()),
                "--format",
                "ncf",
                "--epoch-log",
                place);
        assertRefused(
                command.equals("train") ? withModel : run, option + " " + place + ": there is no folder", "nowhere");
    }

    @ParameterizedTest
    @CsvSource({"sgd, als.alpha=0.1..0.5, [training]", "als, learning_rate=0.01..0.1, '[als], as als.KEY'"})
    void aRangeThatTheAlgorithmDoesNotReadIsRefused(String algorithm, String range, String right) throws IOException {
        Run run = Run.of(
                "tune",
                "--data",
                file("pairs", pairs()),
                "--format",
                "ncf",
                "--range",
                range,
                "--set",
                "training.algorithm=" + algorithm);
        assertRefused(
                run,
                "--range " + range.split("=", 2)[0] + ": says nothing where training.algorithm is \"" + algorithm
                        + "\", must be a key of " + right);
    }

    @Test
    void ratingsAreLearnedWithARecipeThatSearchesListsOtherwise() throws IOException {
        StringBuilder lines = new StringBuilder("userId,movieId,rating,timestamp\n");
        for (int pair = 0; pair < 40; pair++) {
            lines.append(pair % 8 + "," + pair % 11 + "," + (1 + pair % 5) + ",1\n");
        }
        Run run = Run.of(
                "train",
                "--recipe",
                "best",
                "--data",
                file("ratings", lines.toString()),
                "--format",
                "movielens",
                "--model-out",
                model,
                "--set",
                "training.loss=squared");
        assertLearned(run);
        assertThat(run.out()).contains("RMSE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"training.algorithm=sgd", "training.algorithm=als", "training.loss=softmax"})
    void ratingsThatAreAllAlikeAreLearned(String setting) throws IOException {
        StringBuilder lines = new StringBuilder("userId,movieId,rating,timestamp\n");
        for (int user = 0; user < 5; user++) {
            for (int item = 0; item < 4; item++) {
                lines.append(user + "," + item + ",4.0,7\n");
            }
        }
        assertLearned(train(file("alike", lines.toString()), "movielens", setting));
    }

    @Test
    void ratingsThatAreAllLowAreNothingPositive() throws IOException {
        assertRefused(
                train(file("low", "userId,movieId,rating\n1,2,1\n2,3,1\n"), "movielens"),
                "no positive interaction in it");
    }

    @Test
    void idsOfAnyScriptAreLearnedAndFoundAgain() throws IOException {
        List<String> ids = List.of(
                "😀",
                "עברית",
                "العربية",
                "𝔘",
                "a\u0301",
                "á",
                "ẞ",
                "İ",
                "\ufeffx",
                "\u202Ex",
                "\uDBFF\uDFFF",
                "\"",
                "\\",
                "-");
        StringBuilder lines = new StringBuilder();
        for (String user : ids) {
            for (int i = 0; i < 4; i++) {
                lines.append(user + "\t" + ids.get((ids.indexOf(user) + i) % ids.size()) + "\n");
            }
        }
        assertLearned(train(file("scripts", "\n" + lines), "ncf"));
        for (String user : ids) {
            Run list = Run.of("recommend", "--json", "--model", model, "--user=" + user, "--num", 3);
            assertThat(list.json().get("source").textValue()).as(user).isEqualTo("personal");
            assertThat(list.json().get("recommendations")).hasSize(3);
        }
    }

    /** As a line of format ncf, or as one of jsonl where it begins with a brace. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "u\u0000\ti",
                "u\u0007\ti",
                " \ti",
                "\u3000\ti",
                "u\u00a0v\ti",
                "\ti",
                "u\t",
                "{\"user_id\":\"u\\ud800\",\"item_id\":\"i\"}",
                "{\"user_id\":\"\\udc00u\",\"item_id\":\"i\"}",
                "{\"user_id\":\"u\\u0000\",\"item_id\":\"i\"}"
            })
    void whatIsNoIdIsRefusedByFieldAndLine(String line) throws IOException {
        String format = line.startsWith("{") ? "jsonl" : "ncf";
        assertRefused(train(file("ids", "\n" + line + "\n"), format), "ids line 2: ", "_id ");
    }

    @Test
    void whatIsLongIsNotRepeatedInFull() throws IOException {
        String endless = "x".repeat(1_000_000);
        assertRefused(train(file("long", endless + "\ti\n"), "ncf"), "long line 1: user_id is longer than 128");
        assertRefused(
                train(file("long", "u\ti\t" + endless + "\n"), "ncf"),
                "long line 1: value is 'xxx",
                "must be a number");
        assertRefused(
                train(file("long", "{\"user_id\":[\"" + endless + "\"]}"), "jsonl"),
                "long line 1: user_id is [\"xxx",
                "must be a string");
        assertRefused(
                train(
                        file("long", "{\"user_id\":\"u\",\"item_id\":\"i\",\"action_type\":\"" + endless + "\"}"),
                        "jsonl"),
                "long line 1: action_type is 'xxx",
                "must be one of");
        assertRefused(train(file("long", endless + "\n"), "csv"), "column user_id is missing");
        assertRefused(train(file("long", "[".repeat(100_000)), "jsonl"), "long line 1: is not valid JSON");
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() throws IOException {
        byte[] lone = {'u', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '\t', 'i', '\n'};
        assertRefused(train(file("bytes", lone), "ncf"), "bytes line 1: is not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "-Infinity", "1e999", "good", "0x1G", "5,0"})
    void aRatingThatIsNoNumberIsRefused(String rating) throws IOException {
        assertRefused(
                train(file("ratings", "u\ti\t" + rating + "\t1\n"), "ncf"), "ratings line 1: value is '" + rating);
        assertRefused(
                train(file("ratings", "1::2::3::4\n1::2::" + rating + "::3\n"), "movielens"),
                "ratings line 2: value is '" + rating);
    }

    @Test
    void whatNeedsTimesSaysWhichLineHasNone() throws IOException {
        Path data = file("untimed", "user_id,item_id\nu,i\nu,j\n");
        Run replay = Run.of("replay", "--data", data, "--format", "csv");
        Run split = Run.of("evaluate", "--protocol", "time-split", "--data", data, "--format", "csv");
        for (Run run : List.of(replay, split)) {
            assertRefused(run, "untimed line 2 has no timestamp");
        }
        assertLearned(train(data, "csv"));
    }

    @Test
    void aFolderOrAFileThatMayNotBeReadIsRefused() throws IOException {
        assertRefused(train(directory, "ncf"), "is a folder, must be a file");
        Path secret = file("secret", pairs());
        assertThat(secret.toFile().setReadable(false, false)).isTrue();
        // The system's own user may read everything.
        Assumptions.assumeThat(Files.isReadable(secret)).isFalse();
        assertRefused(train(secret, "ncf"), "secret: cannot be read");
    }

    @Test
    void compressedFilesThatAreCutOffOrDamagedAreRefused() throws IOException {
        byte[] text = pairs().getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(text);
        }
        byte[] gzip = packed.toByteArray();
        byte[] zstd = Zstd.compress(text);
        assertLearned(train(file("whole.gz", gzip), "ncf"));
        assertLearned(train(file("whole.zst", zstd), "ncf"));
        model = directory.resolve("none");
        for (int length : new int[] {0, 5, gzip.length / 2, gzip.length - 1}) {
            assertRefused(train(file("cut.gz", Arrays.copyOf(gzip, length)), "ncf"), "cut.gz cannot be ");
        }
        for (int length : new int[] {0, 3, zstd.length / 2, zstd.length - 1}) {
            assertRefused(train(file("cut.zst", Arrays.copyOf(zstd, length)), "ncf"), "cut.zst cannot be ");
        }
        gzip[gzip.length / 2] ^= 0x55;
        zstd[zstd.length / 2] ^= 0x55;
        assertRefused(train(file("torn.gz", gzip), "ncf"), "torn.gz");
        assertRefused(train(file("torn.zst", zstd), "ncf"), "torn.zst");
        assertRefused(train(file("text.gz", text), "ncf"), "text.gz cannot be opened");
        assertRefused(train(file("text.zst", text), "ncf"), "text.zst cannot be read");
    }

    @Test
    void aPlaceWhereNoModelCanLieIsRefusedBeforeTraining() throws IOException {
        Path data = file("pairs", pairs());
        Path other = Files.createDirectory(directory.resolve("other"));
        Files.writeString(other.resolve("precious"), "mine");
        for (Path place : List.of(data, data.resolve("model"), data.resolve("a/b"), other)) {
            model = place;
            // So long that a test would not end if training began.
            Run run = train(data, "ncf", "training.epochs=10000", "training.negative_sampling_ratio=1000");
            assertThat(run.exit()).isEqualTo(2);
            assertThat(run.err().lines())
                    .singleElement()
                    .asString()
                    .contains(place.toString())
                    .containsAnyOf("is a file, must be a folder", "is not a model directory: name a new");
        }
        assertThat(other.resolve("precious")).hasContent("mine");
        assertThat(data).hasContent(pairs());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sgd",
                "momentum",
                "nesterov",
                "adagrad",
                "rowwise_adagrad",
                "adam",
                "adamw",
                "amsgrad",
                "nadam",
                "rmsprop",
                "ftrl"
            })
    void aRateThatDivergesEndsInOneLineAndOthersInNumbers(String optimizer) throws IOException {
        Path data = file("pairs", pairs());
        for (String[] harsh : new String[][] {
            {"training.learning_rate=10", "training.regularization=1"},
            {"training.learning_rate=10", "training.initializer_gain=100"},
            {"training.learning_rate=10", "training.regularization=1", "training.epochs=1", "training.loss=warp"},
            {"training.learning_rate=1e-9", "training.regularization=1"}
        }) {
            String[] settings = Arrays.copyOf(harsh, harsh.length + 1);
            settings[harsh.length] = "training.optimizer=" + optimizer;
            Run run = train(data, "ncf", settings);
            if (run.exit() == 0) {
                assertLearned(run);
            } else {
                assertThat(run.exit()).isEqualTo(1);
                assertThat(run.err().lines()).singleElement().asString().contains("training diverged", "smaller");
            }
        }
    }

    @Test
    void aTestFileThatFitsNoModelIsRefused() throws IOException {
        assertLearned(train(file("pairs", pairs()), "ncf"));
        for (String text : List.of("", "\n", "u1\ti1\tNaN\t1\n", "u1\n")) {
            Path test = file("test", text);
            Run run = Run.of(
                    "evaluate", "--model", model, "--protocol", "full-ranking", "--test", test, "--format", "ncf");
            assertThat(run.exit()).isEqualTo(2);
            assertThat(run.err().lines()).singleElement().asString().contains(test.toString());
        }
    }

    /** A limit on the length of files stands in for a disk that is full. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aDiskThatIsFullEndsInOneLineAndLeavesNothingBehind(int checkpoints) throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int user = 0; user < 1000; user++) {
            lines.append("user" + user + "\ti" + user % 20 + "\n");
        }
        Path data = file("pairs", lines.toString());
        Path err = directory.resolve("err");
        Path place = Files.createDirectory(directory.resolve("place"));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = List.of(
                "bash",
                "-c",
                "ulimit -f 8; exec \"$@\"",
                "bash",
                java,
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                Milvuso.class.getName(),
                "train",
                "--data",
                data.toString(),
                "--format",
                "ncf",
                "--model-out",
                place.resolve("model").toString(),
                "--set",
                "training.epochs=2",
                "--set",
                "training.checkpoint_epochs=" + checkpoints);
        Process process = new ProcessBuilder(command)
                .redirectError(err.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(Files.readAllLines(err)).last().asString().contains("cannot be written to " + place);
        assertThat(place).isEmptyDirectory();
    }
}
