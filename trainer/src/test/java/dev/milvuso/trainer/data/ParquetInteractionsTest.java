package dev.milvuso.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.milvuso.action.ActionTypes;
import dev.milvuso.config.ConfigLoader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ParquetInteractionsTest {
    private static final ActionTypes ACTIONS = ConfigLoader.defaults().actions();
    private static final long TIME = 978_300_760_123L;
    private static final String TEXTS =
            "optional binary user_id (STRING); optional binary item_id (STRING); optional binary action_type (STRING);";

    @TempDir
    Path directory;

    private ParquetFixture fixture(String columns) {
        return ParquetFixture.of(directory.resolve("data.parquet"), columns);
    }

    private static List<Interaction> read(Path file) {
        return read(file, OnError.FAIL);
    }

    private static List<Interaction> read(Path file, OnError onError) {
        List<Interaction> all = new ArrayList<>();
        try (InteractionReader reader = InteractionReader.open(file, DataFormat.PARQUET, onError, ACTIONS)) {
            for (Interaction next = reader.next(); next != null; next = reader.next()) {
                all.add(next);
            }
            assertThat(reader.line()).isEqualTo(all.size() + reader.skipped());
            assertThat(reader.bytesRead()).isEqualTo(sizeOf(file));
        }
        return all;
    }

    private static long sizeOf(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = CompressionCodecName.class,
            names = {"UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD", "LZ4_RAW"})
    void rowsReadTheSameHoweverTheyArePacked(CompressionCodecName codec) throws IOException {
        for (boolean dictionary : new boolean[] {true, false}) {
            Path file = fixture(TEXTS + "optional double value; optional int64 timestamp (TIMESTAMP(MILLIS,true));")
                    .with(codec, dictionary)
                    .write(
                            2500,
                            (i, row) -> row.append("user_id", "ž" + i % 7)
                                    .append("item_id", "i" + i)
                                    .append("action_type", "Rate")
                                    .append("value", 1 + i % 9 / 2.0)
                                    .append("timestamp", TIME + i));
            List<Interaction> all = read(file);
            assertThat(all).hasSize(2500);
            for (int i = 0; i < all.size(); i++) {
                assertThat(all.get(i))
                        .isEqualTo(new Interaction(
                                "ž" + i % 7,
                                "i" + i,
                                Optional.of("Rate"),
                                OptionalDouble.of(1 + i % 9 / 2.0),
                                OptionalLong.of(TIME + i)));
            }
        }
    }

    private Interaction only(String columns, Consumer<Group> row) throws IOException {
        List<Interaction> both = new ArrayList<>();
        for (boolean dictionary : new boolean[] {true, false}) {
            both.addAll(read(fixture(columns)
                    .with(CompressionCodecName.SNAPPY, dictionary)
                    .write(1, (i, group) -> row.accept(group))));
        }
        assertThat(both).hasSize(2);
        assertThat(both.get(0)).isEqualTo(both.get(1));
        return both.get(0);
    }

    @Test
    void integersAndUuidsAreIdsAsTheyAreWritten() throws IOException {
        UUID uuid = UUID.fromString("3f333df6-90a4-4fda-8dd3-9485d27cee36");
        byte[] bytes = ByteBuffer.allocate(16)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
        Interaction read = only(
                "required int64 user_id; required fixed_len_byte_array(16) item_id (UUID);",
                row -> row.append("user_id", -(1L << 62)).append("item_id", Binary.fromConstantByteArray(bytes)));
        assertThat(read.user()).isEqualTo("-4611686018427387904");
        assertThat(read.item()).isEqualTo(uuid.toString());
        assertThat(read.actionType()).isEmpty();
        assertThat(read.value()).isEmpty();
        assertThat(read.timestampMillis()).isEmpty();

        read = only(
                "required int32 user_id (INTEGER(32,false)); required int64 item_id (INTEGER(64,false));",
                row -> row.append("user_id", -1).append("item_id", -1L));
        assertThat(read.user()).isEqualTo("4294967295");
        assertThat(read.item()).isEqualTo("18446744073709551615");

        read = only(
                "required int32 user_id (INTEGER(8,true)); required binary item_id; optional binary action_type (ENUM);",
                row -> row.append("user_id", 7).append("item_id", "ü").append("action_type", "click"));
        assertThat(read.user()).isEqualTo("7");
        assertThat(read.item()).isEqualTo("ü");
        assertThat(read.actionType()).hasValue("click");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "float|4.2|4.2",
                "double|4.25|4.25",
                "int32|4|4",
                "int64|4|4",
                "binary (STRING)|4.5|4.5",
                "int32 (DECIMAL(5,2))|425|4.25",
                "int64 (DECIMAL(18,2))|425|4.25",
                "fixed_len_byte_array(4) (DECIMAL(9,1))|42|4.2",
                "binary (DECIMAL(9,1))|42|4.2"
            })
    void aValueMayBeOfAnyNumber(String type, String stored, double value) throws IOException {
        String columns =
                "required binary user_id (STRING); required binary item_id (STRING); optional " + named(type, "value");
        Interaction read =
                only(columns, row -> append(row.append("user_id", "u").append("item_id", "i"), "value", stored));
        assertThat(read.value()).hasValue(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int64 (TIMESTAMP(MILLIS,true))|978300760123|978300760123",
                "int64 (TIMESTAMP(MILLIS,false))|978300760123|978300760123",
                "int64 (TIMESTAMP(MICROS,true))|978300760123999|978300760123",
                "int64 (TIMESTAMP(NANOS,false))|978300760123999999|978300760123",
                "int64 (TIMESTAMP(MILLIS,true))|5|5",
                "int64 (TIMESTAMP(MICROS,true))|-1|-1",
                "int32 (DATE)|11322|978220800000",
                "int32|978300760|978300760000",
                "int64|978300760|978300760000",
                "int64|978300760123|978300760123",
                "double|978300760.5|978300760500",
                "float|978300800|978300800000",
                "binary (STRING)|2000-12-31T22:12:40Z|978300760000",
                "binary (STRING)|978300760|978300760000"
            })
    void aTimestampMayBeOfAnyTime(String type, String stored, long millis) throws IOException {
        String columns = "required binary user_id (STRING); required binary item_id (STRING); optional "
                + named(type, "timestamp");
        Interaction read =
                only(columns, row -> append(row.append("user_id", "u").append("item_id", "i"), "timestamp", stored));
        assertThat(read.timestampMillis()).hasValue(millis);
    }

    private static String named(String type, String name) {
        int end = type.indexOf(' ');
        return end < 0 ? type + " " + name + ";" : type.substring(0, end) + " " + name + type.substring(end) + ";";
    }

    private static void append(Group row, String name, String value) {
        switch (row.getType().getType(name).asPrimitiveType().getPrimitiveTypeName()) {
            case INT32 -> row.append(name, Integer.parseInt(value));
            case INT64 -> row.append(name, Long.parseLong(value));
            case FLOAT -> row.append(name, Float.parseFloat(value));
            case DOUBLE -> row.append(name, Double.parseDouble(value));
            case FIXED_LEN_BYTE_ARRAY ->
                row.append(
                        name,
                        Binary.fromConstantByteArray(ByteBuffer.allocate(4)
                                .putInt(Integer.parseInt(value))
                                .array()));
            default ->
                row.append(
                        name,
                        row.getType()
                                        .getType(name)
                                        .getLogicalTypeAnnotation()
                                        .toString()
                                        .startsWith("DECIMAL")
                                ? Binary.fromConstantByteArray(new byte[] {Byte.parseByte(value)})
                                : Binary.fromString(value));
        }
    }

    @Test
    void theTimestampsOfSparkAreRead() throws IOException {
        byte[] int96 = ByteBuffer.allocate(12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong((22 * 3600 + 12 * 60 + 40) * 1_000_000_000L + 123_456_789)
                .putInt(2_451_910)
                .array();
        Interaction read = only(
                "optional binary user_id (STRING); optional binary item_id (STRING); optional int96 timestamp;",
                row -> row.append("user_id", "u")
                        .append("item_id", "i")
                        .append("timestamp", Binary.fromConstantByteArray(int96)));
        assertThat(read.timestampMillis()).hasValue(TIME);
    }

    @Test
    void furtherColumnsAreIgnoredAndConvertedRatingsKnown() throws IOException {
        Interaction read = only(
                "required group nested { required int32 x; } required int32 movie; required int32 user;"
                        + " repeated int32 tags;",
                row -> {
                    row.addGroup("nested").append("x", 1);
                    row.append("movie", 2).append("user", 1).append("tags", 5).append("tags", 6);
                });
        assertThat(read.user()).isEqualTo("1");
        assertThat(read.item()).isEqualTo("2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "required int32 user_id; required int32 movieId;|column item_id is missing: the columns are user_id, movieId",
                "required double user_id; required int32 item_id;|column user_id is double, must be a string, an integer",
                "required int32 user_id; repeated int32 item_id;|column item_id is a list of int32, must be",
                "required int32 user_id; required group item_id { required int32 x; }|column item_id is a group, must be",
                "required int32 user_id; required int32 item_id; optional boolean value;|column value is boolean, must be a number",
                "required int32 user_id; required int32 item_id; optional int64 value (TIMESTAMP(MICROS,true));|"
                        + "column value is int64 (TIMESTAMP(MICROS,true)), must be a number",
                "required int32 user_id; required int32 item_id; optional int32 timestamp (TIME(MILLIS,true));|"
                        + "column timestamp is int32 (TIME(MILLIS,true)), must be a timestamp, a number of seconds",
            })
    void aWrongColumnIsNeverSkipped(String columns, String message) throws IOException {
        Path file = fixture(columns).write(0, (i, row) -> {});
        assertThatThrownBy(() -> read(file, OnError.SKIP))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "null|i|Click|1|5|user_id is empty",
                "u 1|i|Click|1|5|user_id holds U+0020",
                "u|null|Click|1|5|item_id is empty",
                "u|i|Klick|1|5|action_type is 'Klick', must be one of AddToCart, Click",
                "u|i|Rate|null|5|value is missing: Rate must have one",
                "u|i|Rate|9|5|value is 9.0: must be 0.5 to 5.0 for Rate",
                "u|i|Click|NaN|5|value is 'NaN', must be a number",
                "u|i|Click|1|9e17|timestamp is '9.0E17', must be ISO 8601 with a zone, or seconds or milliseconds",
            })
    void aBadRowIsNamedOrSkippedAndCounted(
            @Nullable String user,
            @Nullable String item,
            @Nullable String type,
            @Nullable Double value,
            @Nullable Double time,
            String message)
            throws IOException {
        Path file = fixture(TEXTS + "optional double value; optional double timestamp;")
                .write(1200, (i, row) -> {
                    boolean bad = i == 1100;
                    append("user_id", bad ? user : "u", row::append);
                    append("item_id", bad ? item : "i", row::append);
                    append("action_type", bad ? type : null, row::append);
                    append("value", bad ? value : null, row::append);
                    append("timestamp", bad ? time : null, row::append);
                });
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(file + " row 1101: ")
                .hasMessageContaining(message);
        assertThat(read(file, OnError.SKIP)).hasSize(1199);
    }

    private static <T> void append(String name, @Nullable T value, BiConsumer<String, T> to) {
        if (value != null) {
            to.accept(name, value);
        }
    }

    @Test
    void aTextThatIsNotUtf8IsABadRow() throws IOException {
        Path file = fixture("required binary user_id; required int32 item_id;")
                .write(
                        2,
                        (i, row) -> row.append(
                                        "user_id",
                                        Binary.fromConstantByteArray("Müller"
                                                .getBytes(
                                                        i == 0 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1)))
                                .append("item_id", 1));
        assertThatThrownBy(() -> read(file)).hasMessage(file + " row 2: user_id is not UTF-8");
    }

    private Path plain() throws IOException {
        return fixture("required binary user_id (STRING); required int32 item_id;")
                .with(CompressionCodecName.ZSTD, false)
                .write(
                        3000,
                        (i, row) ->
                                row.append("user_id", "user-" + i * 31 % 1009).append("item_id", i));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 5, 11, 1000, -1})
    void aFileThatIsCutOffIsNamed(int length) throws IOException {
        byte[] whole = Files.readAllBytes(plain());
        Path file = Files.write(
                directory.resolve("cut.parquet"), Arrays.copyOf(whole, length < 0 ? whole.length + length : length));
        assertThatThrownBy(() -> read(file, OnError.SKIP))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(file + " cannot be opened: "
                        + (length < 4 && length >= 0 ? "it is no Parquet file" : "it is cut off"));
    }

    @Test
    void aDamagedFileIsNeverTakenForAWholeOne() throws IOException {
        Path file = plain();
        List<Interaction> right = read(file);
        byte[] whole = Files.readAllBytes(file);
        for (int at = 4; at < whole.length - 4; at += 1 + whole.length / 200) {
            byte[] broken = whole.clone();
            broken[at] ^= 0x55;
            Path damaged = Files.write(directory.resolve("damaged.parquet"), broken);
            try {
                // What stands in the footer for people, such as who wrote it, may be anything.
                assertThat(read(damaged, OnError.SKIP)).as("byte %s", at).isEqualTo(right);
            } catch (IllegalArgumentException e) {
                assertThat(e)
                        .message()
                        .startsWith(damaged.toString())
                        .doesNotContain("\n")
                        .doesNotEndWith("null");
            }
        }
    }

    @Test
    void whatIsNoParquetFileIsNamed() throws IOException {
        Path text = Files.writeString(directory.resolve("text.parquet"), "user_id,item_id\nu,i\n");
        assertThatThrownBy(() -> read(text)).hasMessage(text + " cannot be opened: it is no Parquet file");
        Path none = directory.resolve("none.parquet");
        assertThatThrownBy(() -> read(none)).hasMessage(none + " cannot be opened: there is no such file");
        assertThatThrownBy(() -> read(directory))
                .hasMessage(directory + " cannot be opened: it is a directory, must be a file");
    }

    @Test
    void aTimelineSaysWhichRowHasNoTime() throws IOException {
        Path without = fixture("required int32 user_id; required int32 item_id;")
                .write(2, (i, row) -> row.append("user_id", i).append("item_id", i));
        assertThatThrownBy(() -> Timeline.read(List.of(without), DataFormat.PARQUET, OnError.FAIL, ACTIONS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(without + " row 1 has no timestamp: to be put in time order every row must have one");
    }

    @Test
    void onlyPositiveRowsBecomePairs() throws IOException {
        List<String> types = List.of("click", "Dislike", "View");
        Path file = fixture(TEXTS)
                .write(
                        3,
                        (i, row) -> row.append("user_id", "u")
                                .append("item_id", "i" + i)
                                .append("action_type", types.get(i)));
        PositivePairs pairs = PositivePairs.read(List.of(file), DataFormat.PARQUET, OnError.FAIL, ACTIONS);
        assertThat(pairs.itemIds()).containsExactly("i0", "i2");
        assertThat(pairs.notPositive()).isEqualTo(1);
    }
}
