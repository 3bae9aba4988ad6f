package dev.milvuso.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Train, evaluate and recommend on users who each like one of two kinds of items. */
class TrainedModelTest {
    private static final int USERS = 60;
    private static final int ITEMS = 40;

    @TempDir
    private static Path directory = Path.of("");

    private static Run trained = new Run(-1, "", "");

    @BeforeAll
    static void train() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        StringBuilder train = new StringBuilder();
        StringBuilder test = new StringBuilder();
        StringBuilder negatives = new StringBuilder();
        for (int user = 0; user < USERS; user++) {
            int[] liked = likes(user, random);
            for (int i = 1; i < liked.length; i++) {
                train.append("u" + user + "\ti" + liked[i] + "\t5\t97830" + (1000 + i) + "\n");
            }
            test.append("u" + user + "\ti" + liked[0] + "\t5\t978309999\n");
            negatives.append("(u" + user + ",i" + liked[0] + ")");
            for (int item = 1 - user % 2; item < ITEMS; item += 2) {
                negatives.append("\ti" + item);
            }
            negatives.append("\n");
        }
        Files.writeString(directory.resolve("train"), train);
        Files.writeString(directory.resolve("test"), test);
        Files.writeString(directory.resolve("negatives"), negatives);
        trained = Run.of(
                "train",
                "--json",
                "--format",
                "ncf",
                "--data",
                directory.resolve("train"),
                "--model-out",
                directory.resolve("model"),
                "--set",
                "training.learning_rate=0.1",
                "--set",
                "training.threads=1");
    }

    /** Ten different items of the user's kind: even ones for even users. */
    private static int[] likes(int user, SplittableRandom random) {
        return random.ints(0, ITEMS / 2)
                .distinct()
                .limit(10)
                .map(item -> 2 * item + user % 2)
                .toArray();
    }

    @Test
    void trainingSaysWhatItDid() throws IOException {
        assertThat(trained.exit()).isZero();
        assertThat(trained.json().fieldNames())
                .toIterable()
                .contains(
                        "users",
                        "items",
                        "interactions",
                        "epochs",
                        "samples",
                        "seconds",
                        "samples_per_second",
                        "loss",
                        "peak_rss_bytes");
        assertThat(trained.json().get("users").intValue()).isEqualTo(USERS);
        assertThat(trained.json().get("interactions").intValue()).isEqualTo(USERS * 9);
    }

    @Test
    void theHeldOutItemRanksBeforeThoseOfTheOtherKind() throws IOException {
        JsonNode result = Run.of(
                        "evaluate",
                        "--json",
                        "--model",
                        directory.resolve("model"),
                        "--protocol",
                        "leave-one-out",
                        "--test",
                        directory.resolve("test"),
                        "--negatives",
                        directory.resolve("negatives"),
                        "--k",
                        3)
                .json();
        assertThat(result.fieldNames())
                .toIterable()
                .contains(
                        "protocol",
                        "k",
                        "users",
                        "hr",
                        "ndcg",
                        "precision",
                        "recall",
                        "map",
                        "mrr",
                        "coverage",
                        "diversity",
                        "novelty",
                        "seconds");
        assertThat(result.get("k").intValue()).isEqualTo(3);
        assertThat(result.get("hr").doubleValue()).isGreaterThan(0.9);
    }

    @Test
    void fullRankingTakesListsOfTwentyUnlessToldOtherwise() throws IOException {
        JsonNode result = Run.of(
                        "evaluate",
                        "--json",
                        "--model",
                        directory.resolve("model"),
                        "--protocol",
                        "full-ranking",
                        "--test",
                        directory.resolve("test"),
                        "--format",
                        "ncf")
                .json();
        assertThat(result.get("protocol").textValue()).isEqualTo("full-ranking");
        assertThat(result.get("k").intValue()).isEqualTo(20);
        assertThat(result.get("hr").doubleValue()).isGreaterThan(0.9);
    }

    @Test
    void aUserIsRecommendedItemsOfTheirKind() throws IOException {
        Run run = Run.of("recommend", "--json", "--model", directory.resolve("model"), "--user", "u7", "--num", 5);
        JsonNode list = run.json().get("recommendations");
        assertThat(run.json().get("source").textValue()).isEqualTo("personal");
        assertThat(list).hasSize(5);
        assertThat(StreamSupport.stream(list.spliterator(), false)
                        .map(entry -> entry.get("item_id").textValue().substring(1)))
                .allMatch(number -> Integer.parseInt(number) % 2 == 1);
        assertThat(IntStream.range(0, 5).map(i -> list.get(i).get("rank").intValue()))
                .containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void aBadLineStopsTheTrainingWithItsPlaceOrIsCounted() throws IOException {
        Path file = Files.writeString(directory.resolve("bad"), "u1\ti1\nno tabs here\nu1\ti2\nu2\ti1\n");
        Run failed = Run.of("train", "--format", "ncf", "--data", file, "--model-out", directory.resolve("other"));
        assertThat(failed.exit()).isEqualTo(2);
        assertThat(failed.err()).contains("bad line 2: ");
        assertThat(directory.resolve("other")).doesNotExist();
        Run skipped = Run.of(
                "train",
                "--json",
                "--on-error",
                "skip",
                "--format",
                "ncf",
                "--data",
                file,
                "--model-out",
                directory.resolve("other"));
        assertThat(skipped.exit()).isZero();
        assertThat(skipped.json().get("skipped").intValue()).isEqualTo(1);
    }

    @Test
    void everybodyGetsAListAndWhoStopsGoesOn() throws IOException {
        Path out = directory.resolve("lists.jsonl");
        Object[] command = {"recommend-all", "--json", "--model", directory.resolve("model"), "--num", 3, "--out", out};
        assertThat(Run.of(command).json().get("written").intValue()).isEqualTo(USERS);
        List<String> whole = Files.readAllLines(out);
        assertThat(whole).hasSize(USERS).allMatch(line -> line.contains("\"rank\":3"));

        Files.writeString(
                out,
                String.join("\n", whole.subList(0, 20)) + "\n" + whole.get(20).substring(0, 9));
        assertThat(Run.of(command).json().get("resumed_after").intValue()).isEqualTo(20);
        assertThat(Files.readAllLines(out)).isEqualTo(whole);

        Files.writeString(out, whole.get(7) + "\n");
        assertThat(Run.of(command).exit()).isEqualTo(2);
    }

    @Test
    void whereNobodyListensThatIsSaid() {
        Path out = directory.resolve("nobody.jsonl");
        Run nobody = Run.of("recommend-all", "--url", "http://127.0.0.1:1", "--out", out);
        assertThat(nobody.exit()).isEqualTo(1);
        assertThat(nobody.err()).contains("stopped after 0 lists: nothing listens at that --url");
    }

    /** Parquet is on the launcher's class path and not on the tests'. */
    @Test
    void aFileOfListsIsRefusedBeforeAnyIsMade() throws IOException {
        Path model = directory.resolve("model");
        Run csv = Run.of("recommend-all", "--model", model, "--out", directory.resolve("lists.csv"));
        assertThat(csv.exit()).isEqualTo(2);
        assertThat(csv.err()).contains("must end in .jsonl or .parquet");
        Path there = Files.writeString(directory.resolve("there.parquet"), "PAR1");
        Run again = Run.of("recommend-all", "--model", model, "--out", there);
        assertThat(again.exit()).isEqualTo(2);
        assertThat(again.err()).contains("there.parquet").contains("name another");
        Run missing = Run.of("recommend-all", "--model", model, "--out", directory.resolve("lists.parquet"));
        assertThat(missing.exit()).isEqualTo(1);
        assertThat(missing.err()).contains("Hadoop's and Parquet's libraries are not on the class path");
    }
}
