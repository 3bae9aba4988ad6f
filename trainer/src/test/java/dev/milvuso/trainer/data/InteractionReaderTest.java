package dev.milvuso.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import dev.milvuso.action.ActionTypes;
import dev.milvuso.config.ConfigLoader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class InteractionReaderTest {
    private static final ActionTypes ACTIONS = ConfigLoader.defaults().actions();
    private static final Interaction PLAIN =
            new Interaction("u1", "i1", Optional.empty(), OptionalDouble.of(4), OptionalLong.of(978300760000L));

    @TempDir
    Path directory;

    private Path file(String name, byte[] bytes) {
        try {
            return Files.write(directory.resolve(name), bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Path file(String text) {
        return file("data.txt", text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Interaction> read(Path file, DataFormat format) {
        List<Interaction> all = new ArrayList<>();
        try (InteractionReader reader = InteractionReader.open(file, format, OnError.FAIL, ACTIONS)) {
            for (Interaction next = reader.next(); next != null; next = reader.next()) {
                all.add(next);
            }
        }
        return all;
    }

    private static Interaction rated(double value) {
        return new Interaction(
                "u1", "i1", Optional.of("Rate"), OptionalDouble.of(value), OptionalLong.of(978300760000L));
    }

    @Test
    void ncfIsFourColumnsBetweenTabs() {
        assertThat(read(file("u1\ti1\t4\t978300760\n"), DataFormat.NCF)).containsExactly(PLAIN);
    }

    @Test
    void movielensIsToldApartByLooking() {
        assertThat(read(file("u1::i1::2::978300760\n"), DataFormat.MOVIELENS)).containsExactly(rated(2));
        assertThat(read(file("userId,movieId,rating,timestamp\nu1,i1,3.5,978300760\n"), DataFormat.MOVIELENS))
                .containsExactly(rated(3.5));
    }

    @Test
    void csvColumnsAreFoundByNameAndMayBeQuoted() {
        String text = "note,\"item_id\",user_id,timestamp,action_type,value\n"
                + "\"said \"\"no, thanks\"\"\",\"i,1\",u1,2001-01-01T00:00:00Z,Click,\n";
        assertThat(read(file(text), DataFormat.CSV))
                .containsExactly(new Interaction(
                        "u1", "i,1", Optional.of("Click"), OptionalDouble.empty(), OptionalLong.of(978307200000L)));
    }

    @Test
    void csvNeedsNothingButUserAndItem() {
        assertThat(read(file("user_id,item_id\nu1,i1\n"), DataFormat.CSV))
                .containsExactly(
                        new Interaction("u1", "i1", Optional.empty(), OptionalDouble.empty(), OptionalLong.empty()));
    }

    @Test
    void jsonlIsOneActionALine() {
        String text = "{\"user_id\":\"u1\",\"item_id\":\"i1\",\"action_type\":\"rate\",\"value\":4.5,"
                + "\"timestamp\":\"2001-01-01T02:00:00+02:00\",\"context\":{\"device\":\"tv\"}}\n";
        assertThat(read(file(text), DataFormat.JSONL))
                .containsExactly(new Interaction(
                        "u1", "i1", Optional.of("rate"), OptionalDouble.of(4.5), OptionalLong.of(978307200000L)));
    }

    @Test
    void adjacencyIsAUserAndItems() {
        assertThat(read(file("u1 i1  i2\nu2\nu3 i1 \n"), DataFormat.ADJACENCY))
                .extracting(interaction -> interaction.user() + "-" + interaction.item())
                .containsExactly("u1-i1", "u1-i2", "u3-i1");
    }

    @ParameterizedTest
    @CsvSource({
        "978300760, 978300760000",
        "978300760.5, 978300760500",
        "978300760123, 978300760123",
        "99999999999, 99999999999000",
        "100000000000, 100000000000",
        "-1, -1000",
        "2000-12-31T22:12:40Z, 978300760000"
    })
    void secondsAndMillisecondsAreToldApartByMagnitude(String text, long millis) {
        for (String line : List.of("user_id,item_id,timestamp\nu,i," + text)) {
            assertThat(read(file(line), DataFormat.CSV).get(0).timestampMillis())
                    .hasValue(millis);
        }
    }

    @Test
    void aNumberIsATimeInJsonToo() {
        String text = "{\"user_id\":\"u\",\"item_id\":\"i\",\"timestamp\":978300760123}";
        assertThat(read(file(text), DataFormat.JSONL).get(0).timestampMillis()).hasValue(978300760123L);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PARQUET")
    void compressedFilesMarksAndWindowsLineEndsReadTheSame(DataFormat format) throws IOException {
        String text = switch (format) {
            case NCF -> "ž\ti\t1\t5\n\nu\ti\t1\t5\n";
            case MOVIELENS -> "ž::i::1::5\n\nu::i::1::5\n";
            case CSV -> "user_id,item_id\nž,i\n\nu,i\n";
            case JSONL -> "{\"user_id\":\"ž\",\"item_id\":\"i\"}\n\n{\"user_id\":\"u\",\"item_id\":\"i\"}\n";
            case ADJACENCY -> "ž i\n\nu i\n";
            case PARQUET -> throw new AssertionError("no text");
        };
        List<Interaction> plain = read(file(text), format);
        assertThat(plain).extracting(Interaction::user).containsExactly("ž", "u");

        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(read(file("data.gz", gzip.toByteArray()), format)).isEqualTo(plain);
        byte[] zstd = Zstd.compress(text.getBytes(StandardCharsets.UTF_8));
        assertThat(read(file("data.zst", zstd), format)).isEqualTo(plain);
        assertThat(read(file("\uFEFF" + text), format)).isEqualTo(plain);
        assertThat(read(file(text.replace("\n", "\r\n")), format)).isEqualTo(plain);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NCF|u1 i1 5 5|must be user, item, rating and timestamp, separated by tabs",
                "NCF|'\ti1\t5\t5'|user_id is empty",
                "NCF|'u1\ti1\tfive\t5'|value is 'five', must be a number",
                "NCF|'u1\ti1\t5\tsoon'|timestamp is 'soon', must be ISO 8601",
                "NCF|'u1\ti1\t5\t978300760123456789'|must be ISO 8601 with a zone, or seconds or milliseconds",
                "NCF|'u1\ti1\tNaN\t5'|value is 'NaN', must be a number",
                "MOVIELENS|u1::i1::5::5::5|must be user::item::rating::timestamp",
                "MOVIELENS|u1::i1|must be user::item::rating::timestamp",
                "MOVIELENS|u1::i1::9::978300760|value is 9.0: must be 0.5 to 5.0 for Rate",
                "CSV|u1,i1|has 2 fields, must have 5",
                "CSV|'u1,\"i1,Click,,'|a quoted field does not end",
                "CSV|u1,i1,Klick,,|action_type is 'Klick', must be one of AddToCart, Click",
                "CSV|u1,i1,Rate,,|value is missing",
                "CSV|u 1,i1,Click,,|user_id holds U+0020",
                "CSV|u1,i1,Click,,2001-01-01T00:00:00|must be ISO 8601 with a zone",
                "JSONL|{\"user_id\":\"u1\"|is not valid JSON",
                "JSONL|[]|is no JSON object",
                "JSONL|{\"user_id\":\"u1\",\"item_id\":\"i1\"} {}|is not valid JSON",
                "JSONL|{\"user_id\":7,\"item_id\":\"i1\"}|user_id is 7, must be a string",
                "JSONL|{\"user_id\":\"u1\",\"item_id\":\"i1\",\"value\":\"5\"}|must be a number",
                "JSONL|{\"user_id\":\"u1\"}|item_id is empty",
            })
    void aBadLineIsNamedOrSkippedAndCounted(DataFormat format, String bad, String message) {
        List<String> lines = new ArrayList<>(good(format));
        int number = lines.size();
        lines.add(number - 1, bad);
        Path file = file(String.join("\n", lines));

        assertThatThrownBy(() -> read(file, format))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(file + " line " + number + ": ")
                .hasMessageContaining(message);
        try (InteractionReader reader = InteractionReader.open(file, format, OnError.SKIP, ACTIONS)) {
            assertThat(reader.next()).isNotNull();
            assertThat(reader.next()).isNotNull();
            assertThat(reader.next()).isNull();
            assertThat(reader.skipped()).isEqualTo(1);
        }
    }

    private static List<String> good(DataFormat format) {
        return switch (format) {
            case NCF -> List.of("u\ti\t1\t5", "u\tj\t1\t5");
            case MOVIELENS -> List.of("u::i::1::5", "u::j::1::5");
            case CSV -> List.of("user_id,item_id,action_type,value,timestamp", "u,i,,,", "u,j,,,");
            case JSONL -> List.of("{\"user_id\":\"u\",\"item_id\":\"i\"}", "{\"user_id\":\"u\",\"item_id\":\"j\"}");
            case ADJACENCY -> List.of("u i", "u j");
            case PARQUET -> throw new AssertionError("no text");
        };
    }

    @Test
    void aLineThatIsNotUtf8IsABadLine() {
        byte[] text = "u\ti\t1\t5\nM\u00fcller\ti\t1\t5\n".getBytes(StandardCharsets.ISO_8859_1);
        Path file = file("latin.tsv", text);
        assertThatThrownBy(() -> read(file, DataFormat.NCF)).hasMessage(file + " line 2: is not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"user_id,movie\nu,i\n", "u1,i1\n", "\"user_id,item_id\nu,i\n"})
    void aBadHeaderIsNeverSkipped(String text) {
        Path file = file(text);
        assertThatThrownBy(() -> InteractionReader.open(file, DataFormat.CSV, OnError.SKIP)
                        .next())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(file + " line 1: ");
    }

    @Test
    void aMissingOrBrokenFileIsNamed() {
        Path missing = directory.resolve("none.gz");
        assertThatThrownBy(() -> InteractionReader.open(missing, DataFormat.NCF, OnError.FAIL))
                .hasMessage(missing + " cannot be opened: there is no such file");
        Path broken = file("broken.gz", "plain text".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> InteractionReader.open(broken, DataFormat.NCF, OnError.FAIL))
                .hasMessageStartingWith(broken + " cannot be opened: ");
    }

    @Test
    void aFileThatBreaksOffIsNamedWithTheLineBefore() throws IOException {
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            for (int i = 0; i < 100_000; i++) {
                out.write(("u" + i * 31 % 1009 + "\ti" + i * i + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        Path file = file("half.gz", Arrays.copyOf(gzip.toByteArray(), gzip.size() / 2));
        assertThatThrownBy(() -> read(file, DataFormat.NCF))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(file + " cannot be read after line ");
    }

    private static byte[] manyLines() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 50_000; i++) {
            lines.append("u")
                    .append(i * 31 % 1009)
                    .append("\ti")
                    .append(i * 7 % 997)
                    .append('\n');
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 1000})
    void aCompressedFileThatIsCutOffIsNeverTakenForAWholeOne(int length) throws IOException {
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(manyLines());
        }
        byte[] zstd = Zstd.compress(manyLines());
        for (Path file : List.of(
                file("cut.gz", Arrays.copyOf(gzip.toByteArray(), length)),
                file("lacks-its-end.gz", Arrays.copyOf(gzip.toByteArray(), gzip.size() - 1)),
                file("cut.zst", Arrays.copyOf(zstd, length)),
                file("lacks-its-end.zst", Arrays.copyOf(zstd, zstd.length - 1)))) {
            assertThatThrownBy(() -> read(file, DataFormat.NCF))
                    .as("%s of %s bytes", file, length)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(file + " cannot be ")
                    .message()
                    .doesNotContain("null");
        }
    }

    @Test
    void aDirectoryIsNamed() {
        assertThatThrownBy(() -> read(directory, DataFormat.NCF))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(directory + " cannot be opened: it is a directory, must be a file");
    }

    /** Forty-five megabytes of text: held in memory as interactions they would be several times that. */
    @Test
    void filesAreReadAsAStream() throws IOException {
        Path file = directory.resolve("long.gz");
        byte[] lines =
                "user-1234567890\titem-1234567890\t5\t978300760\n".repeat(1000).getBytes(StandardCharsets.UTF_8);
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            for (int n = 0; n < 1000; n++) {
                out.write(lines);
            }
        }
        Runtime runtime = Runtime.getRuntime();
        try (InteractionReader reader = InteractionReader.open(file, DataFormat.NCF, OnError.FAIL, ACTIONS)) {
            for (int n = 0; n < 1_000_000; n++) {
                assertThat(reader.next()).isNotNull();
            }
            System.gc();
            assertThat(runtime.totalMemory() - runtime.freeMemory()).isLessThan(100L << 20);
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void onlyPositiveActionsBecomePairs() {
        String text = """
                user_id,item_id,action_type,value
                u,i,click,
                u,j,Dislike,
                u,k,Rate,2
                u,l,Rate,3
                u,m,,
                u,n,Impression,
                u,i,Like,
                """;
        PositivePairs pairs = PositivePairs.read(List.of(file(text)), DataFormat.CSV, OnError.FAIL, ACTIONS);
        assertThat(pairs.itemIds()).containsExactly("i", "l", "m");
        assertThat(pairs.size()).isEqualTo(4);
        assertThat(pairs.histories().items()).containsExactly(0, 1, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "user_id,item_id,action_type\n", "user_id,item_id,action_type\nu,i,Skip\n"})
    void filesWithoutAnythingPositiveAreRefused(String text) {
        Path file = file(text);
        assertThatThrownBy(() -> PositivePairs.read(List.of(file), DataFormat.CSV, OnError.FAIL, ACTIONS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(file + ": no positive interaction in it, must hold at least one");
    }
}
