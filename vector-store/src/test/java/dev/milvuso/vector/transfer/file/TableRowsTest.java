package dev.milvuso.vector.transfer.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.milvuso.vector.BinaryMetric;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.KeyField;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorField;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.embedded.EmbeddedVectorStore;
import dev.milvuso.vector.transfer.Bookmark;
import dev.milvuso.vector.transfer.CollectionCopy;
import dev.milvuso.vector.transfer.Mark;
import dev.milvuso.vector.transfer.Progress;
import dev.milvuso.vector.transfer.RowSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that pandas and pyarrow have written: see make_tables.py beside them. */
class TableRowsTest {
    private static final CollectionSchema FRAMES = CollectionSchema.named("c")
            .key(new KeyField("id", Field.Type.INTEGER, false))
            .vector("taste", 2, Metric.EUCLIDEAN)
            .field(new Field("title", Field.Type.TEXT).orNull())
            .field(new Field("year", new Field.Type.Int(16)).orNull())
            .field(new Field("rating", new Field.Type.Real(32)))
            .field(new Field("seen", Field.Type.BOOL))
            .field(new Field("tags", new Field.Type.Array(new Field.Type.Text(10), 4)))
            .field(new Field("language", Field.Type.TEXT).orElse("en"))
            .build();

    private static final CollectionSchema FILMS = CollectionSchema.named("c")
            .vector("vector", 3, Metric.EUCLIDEAN)
            .field(new Field("year", new Field.Type.Int(32)).orNull())
            .build();

    private final VectorStore store = EmbeddedVectorStore.inMemory();

    private static Path path(String name) {
        try {
            return Path.of(Objects.requireNonNull(TableRowsTest.class.getResource(name), name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private long take(String name) {
        try (FileChannel channel = FileChannel.open(path(name))) {
            RowSource rows =
                    TableRows.of(name, channel, () -> store.describe("c").orElseThrow());
            return new CollectionCopy(rows, store, "c").run(Bookmark.none(), Progress.NONE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Entity row(Id key) {
        return store.get("c", List.of(key), Output.ALL).get(0);
    }

    @Test
    void aFrameOfPandasIsTakenWithItsNullsAndTheFieldsItDoesNotHave() {
        store.create(FRAMES);
        assertThat(take("frame.parquet")).isEqualTo(250);
        assertThat(store.count("c")).isEqualTo(250);
        assertThat(row(Id.of(249)).vectors()).isEqualTo(Map.of("taste", Vector.of(249, 0.5f)));
        assertThat(row(Id.of(249)).fields())
                .isEqualTo(Map.of(
                        "title",
                        "film 249",
                        "year",
                        2149L,
                        "rating",
                        62.25f,
                        "seen",
                        false,
                        "tags",
                        List.of(),
                        "language",
                        "en"));
        assertThat(row(Id.of(23)).fields())
                .isEqualTo(Map.of("rating", 5.75f, "seen", false, "tags", List.of("t0", "t1"), "language", "en"));
        assertThat(take("frame.parquet")).isEqualTo(250);
        assertThat(store.count("c")).isEqualTo(250);
    }

    @Test
    void listsOfAFixedSizeBytesMapsAndNumbersOfAnyWidthAreTaken() {
        store.create(CollectionSchema.named("c")
                .vector("vector", 3, Metric.EUCLIDEAN)
                .vector("bits", new VectorField.Type.Binary(16, BinaryMetric.HAMMING))
                .vector("words", new VectorField.Type.Sparse())
                .field(new Field("tiny", new Field.Type.Int(8)).orNull())
                .field(new Field("large", Field.Type.INTEGER))
                .field(new Field("single", new Field.Type.Real(32)))
                .field(new Field("day", Field.Type.REAL).orNull())
                .field(new Field("more", Field.Type.JSON).orNull())
                .field(new Field("nothing", Field.Type.TEXT).orNull())
                .build());
        assertThat(take("fixed.parquet")).isEqualTo(3);
        assertThat(row(Id.of("a")).fields())
                .isEqualTo(Map.of("tiny", 1L, "large", 1L, "single", 1f, "day", 0.5, "more", Map.of("a", List.of(1L))));
        assertThat(row(Id.of("b")).fields()).isEqualTo(Map.of("large", 2L, "single", 16777216f));
        assertThat(row(Id.of("c")).fields())
                .isEqualTo(Map.of("tiny", -128L, "large", 4294967295L, "single", -1f, "day", 1.5));
        assertThat(row(Id.of("b")).vectors())
                .isEqualTo(Map.of(
                        "vector",
                        Vector.of(4, 5, 6),
                        "bits",
                        new Vector.Binary(new byte[] {0, -1}),
                        "words",
                        new Vector.Sparse(new int[] {7, 9}, new float[] {2, 1})));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "lz4"})
    void anyCompressionIsTaken(String codec) {
        store.create(FILMS);
        assertThat(take(codec + ".parquet")).isEqualTo(3);
        assertThat(row(Id.of("c")).vectors()).isEqualTo(Map.of("vector", Vector.of(7, 8, 9)));
    }

    @Test
    void columnsOfNoFieldGoIntoACollectionThatTakesOthers() {
        store.create(CollectionSchema.named("c")
                .vector("vector", 3, Metric.EUCLIDEAN)
                .dynamic()
                .build());
        assertThat(take("others.parquet")).isEqualTo(3);
        assertThat(row(Id.of("a")).fields()).isEqualTo(Map.of("year", 1L, "tags", List.of("x")));
        assertThat(row(Id.of("c")).fields()).isEqualTo(Map.of("year", 3L));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    texts | column year is of string: must be of whole numbers
                    times | column year is of timestamp(millis,false): must be of whole numbers
                    doubles | column year is of double: must be of whole numbers
                    whole | column vector is of list<int64>: must be of lists of 3 floats or doubles
                    numbers | column id is of int64: must be of text
                    others | has a column tags, and collection c has no such field: it has id, vector, year
                    only_ids | has no column vector, which collection c needs: it has id
                    twice | id 'a' stands twice, in rows 1 and 3: each must have an id of its own
                    no_key | row 2: id is null: a key must be a value
                    large | row 3: year is 2147483648: must be a whole number of 32 bits; nothing is stored
                    no_vector | row 2, column vector: entity 'b' of collection c: vector vector is missing; nothing is stored
                    half_vector | row 2: vector holds a null: each of its 3 must be a value; nothing is stored
                    short_vector | row 3, column vector: entity 'c' of collection c: the vector has 2 numbers, must have 3
                    late_fault | row 2223: year is 1099511627776: must be a whole number of 32 bits; the first 2000 rows are stored
                    """)
    void whatDoesNotFitIsNamedWithItsColumnOrRow(String name, String message) {
        store.create(FILMS);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> take(name + ".parquet"))
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e).message().hasLineCount(1));
        assertThat(store.count("c")).isEqualTo(name.equals("late_fault") ? 2000 : 0);
    }

    @Test
    void aCollectionThatMakesItsKeysTakesNoFile() {
        store.create(CollectionSchema.named("c")
                .key(new KeyField("id", Field.Type.INTEGER, true))
                .vector("vector", 3, Metric.EUCLIDEAN)
                .build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> take("numbers.parquet"))
                .withMessageContaining("collection c makes its keys itself");
    }

    @Test
    void whatWasCutOffGoesOnBehindItsMark() throws IOException {
        store.create(FRAMES);
        try (FileChannel channel = FileChannel.open(path("frame.parquet"))) {
            RowSource rows = TableRows.of("frame", channel, () -> FRAMES);
            Mark mark = new Mark(205, Mark.START.partition(), Mark.START.key());
            List<Id> keys = new ArrayList<>();
            try (RowSource.Rows rest = rows.behind(mark)) {
                rest.forEachRemaining(
                        batch -> batch.rows().forEach(row -> keys.add(row.key().orElseThrow())));
            }
            assertThat(keys).hasSize(45).startsWith(Id.of(205)).endsWith(Id.of(249));
        }
    }
}
