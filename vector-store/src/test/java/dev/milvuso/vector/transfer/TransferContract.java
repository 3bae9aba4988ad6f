package dev.milvuso.vector.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.IndexSpec;
import dev.milvuso.vector.KeyField;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.QueryRequest;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.transfer.parquet.ParquetFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What export, import and copy promise of any store. Reads must see what was written before them. */
@Execution(ExecutionMode.CONCURRENT)
abstract class TransferContract {
    private static final Field.Type TEXT = new Field.Type.Text(200);

    private final String name = "move_" + UUID.randomUUID().toString().replace('-', '_');
    private final String other = name + "_other";
    private @Nullable VectorStore opened;

    @TempDir
    Path directory = Path.of("");

    protected abstract VectorStore open() throws Exception;

    @BeforeEach
    final void openStore() throws Exception {
        opened = open();
    }

    @AfterEach
    final void closeStore() {
        if (opened != null) {
            opened.drop(name);
            opened.drop(other);
            opened.close();
        }
    }

    protected final VectorStore store() {
        return Objects.requireNonNull(opened);
    }

    private CollectionSchema everyType() {
        return CollectionSchema.named(name)
                .key(new KeyField("number", Field.Type.INTEGER, false))
                .vector("vector", 3, Metric.COSINE)
                .field("truth", Field.Type.BOOL)
                .field("tiny", new Field.Type.Int(8))
                .field("middle", new Field.Type.Int(32))
                .field("large", Field.Type.INTEGER)
                .field("single", new Field.Type.Real(32))
                .field("real", Field.Type.REAL)
                .field("text", TEXT)
                .field("json", Field.Type.JSON)
                .field("truths", new Field.Type.Array(new Field.Type.Bool(), 3))
                .field("numbers", new Field.Type.Array(new Field.Type.Int(16), 4))
                .field("reals", new Field.Type.Array(new Field.Type.Real(32), 5))
                .field("texts", new Field.Type.Array(new Field.Type.Text(9), 6))
                .dynamic()
                .build();
    }

    private static Entity rich(long key, Random random) {
        Map<String, @Nullable Object> json = new HashMap<>();
        json.put("whole", random.nextLong());
        json.put("real", 1.0);
        json.put("none", null);
        json.put("list", Arrays.asList(1L, null, "x\"\n\u2028", List.of(true)));
        json.put("in", Map.of("ключ", -0.5, "a.b", Map.of()));
        return Entity.of(Id.of(key))
                .with("vector", Vector.of(random.nextFloat() + 0.1f, -random.nextFloat(), 1e-20f))
                .with("truth", (Object) random.nextBoolean())
                .with("tiny", (Object) (long) (byte) random.nextInt())
                .with("middle", (Object) (long) random.nextInt())
                .with("large", (Object) random.nextLong())
                .with("single", (Object) random.nextFloat())
                .with("real", (Object) random.nextGaussian())
                .with("text", (Object) ("\"\\\u0001 grün 😀 " + random.nextInt()))
                .with("json", (Object) json)
                .with("truths", (Object) List.of(true, false))
                .with("numbers", (Object) List.of(-32768L, 32767L))
                .with("reals", (Object) List.of(random.nextFloat()))
                .with("texts", (Object) List.of())
                .with("colour", (Object) "red")
                .with("depth", (Object) Map.of("x", List.of(2L, 2.5)));
    }

    private void simple(int count) {
        store().create(new CollectionSchema(name, 2, Metric.EUCLIDEAN, List.of(new Field("text", TEXT))));
        store().insert(name, IntStream.range(0, count).mapToObj(this::simpleRow).toList());
    }

    private Entity simpleRow(int number) {
        return new Entity("row-%05d".formatted(number), new float[] {number, 1}, Map.of("text", "t" + number));
    }

    private List<Entity> all(String collection) {
        List<Entity> rows = new ArrayList<>();
        store().iterate(collection, QueryRequest.everything().output(Output.ALL), 1000)
                .forEachRemaining(rows::addAll);
        return rows;
    }

    private long export(long partBytes) {
        return export(partBytes, ExportFormat.JSONL);
    }

    private long export(long partBytes, ExportFormat format) {
        return new CollectionExport(new StoreRows(store(), name), directory, partBytes, format).run(Progress.NONE);
    }

    private long importOther(Bookmark bookmark, Progress progress) {
        return new CollectionCopy(ExportedRows.of(directory), store(), other).run(bookmark, progress);
    }

    private Path part(int number, ExportFormat format) {
        return directory.resolve(Part.name(number, format));
    }

    @ParameterizedTest
    @EnumSource
    void everyTypeComesBackAsItWas(ExportFormat format) {
        Random random = new Random(7);
        store().create(everyType());
        List<Entity> rows = new ArrayList<>();
        // Milvus 2.3.5 takes Long.MAX_VALUE for a key and never gives it.
        for (long key : new long[] {Long.MIN_VALUE, -3, 0, 1, 9_007_199_254_740_993L, Long.MAX_VALUE - 1}) {
            rows.add(rich(key, random));
        }
        store().insert(name, rows);
        assertThat(export(1, format)).isEqualTo(6);
        assertThat(importOther(Bookmark.none(), Progress.NONE)).isEqualTo(6);
        assertThat(all(other)).containsExactlyElementsOf(rows);
        assertThat(store().describe(other)).contains(everyType().renamed(other));
        Comparison comparison = new CollectionCopy(ExportedRows.of(directory), store(), other).compare(Progress.NONE);
        assertThat(comparison.isEqual()).as(comparison.toString()).isTrue();
        assertThat(comparison.rows()).isEqualTo(6);
    }

    @Test
    void everyTypeComesBackThroughAStreamOfParquet() throws IOException {
        Random random = new Random(8);
        store().create(everyType());
        store().createPartition(name, "zebra");
        store().insert(name, List.of(rich(-3, random), rich(5, random)));
        store().insert(name, Optional.of("zebra"), List.of(rich(1, random)));
        Path file = directory.resolve("rows");
        try (OutputStream out = Files.newOutputStream(file)) {
            new ParquetStream(new StoreRows(store(), name)).write(Mark.START, out);
        }
        try (FileChannel channel = FileChannel.open(file)) {
            CollectionCopy copy =
                    new CollectionCopy(new ParquetRows("rows", ParquetFile.open("rows", channel)), store(), other);
            assertThat(copy.run(Bookmark.none(), Progress.NONE)).isEqualTo(3);
        }
        assertThat(store().describe(other)).contains(everyType().renamed(other));
        Comparison comparison = new CollectionCopy(new StoreRows(store(), name), store(), other).compare(Progress.NONE);
        assertThat(comparison.isEqual()).as(comparison.toString()).isTrue();
        assertThat(comparison.rows()).isEqualTo(3);
    }

    @Test
    void indexesComeBack() {
        simple(3);
        IndexSpec lists = new IndexSpec.IvfFlat(16);
        store().indexes(name).replace("vector", lists);
        store().load(name);
        export(1);
        importOther(Bookmark.none(), Progress.NONE);
        assertThat(store().indexes(other).describe("vector").orElseThrow().spec())
                .isEqualTo(lists);
        assertThat(store().count(other)).isEqualTo(3);
    }

    @Test
    void rowsAreFoundByTheirPartitionKeyInACopyToo() {
        store().create(CollectionSchema.named(name)
                .vector("vector", 2, Metric.EUCLIDEAN)
                .field("text", TEXT)
                .partitionKey("text")
                .build());
        List<Entity> rows = IntStream.range(0, 8).mapToObj(this::simpleRow).toList();
        store().insert(name, rows);
        CollectionCopy copy = new CollectionCopy(new StoreRows(store(), name), store(), other);
        copy.run(Bookmark.none(), Progress.NONE);
        copy.run(Bookmark.none(), Progress.NONE);
        store().deleteKeys(other, List.of(Id.of("row-00003")));
        assertThat(copy.catchUp(Progress.NONE).missing()).isEqualTo(1);
        for (Entity row : rows) {
            assertThat(store().query(
                                    other,
                                    QueryRequest.where(Filter.equal(
                                            "text",
                                            "t" + Integer.parseInt(row.id().substring(4))))))
                    .containsExactly(row);
        }
        assertThat(store().count(other)).isEqualTo(8);
    }

    @Test
    void aliasesComeBackIfAskedForAndAreTakenFromNobody() {
        String alias = name + "_alias";
        simple(2);
        store().createAlias(alias, name);
        export(1);
        CollectionCopy copy = new CollectionCopy(ExportedRows.of(directory), store(), other);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> copy.withAliases().run(Bookmark.none(), Progress.NONE))
                .withMessage("alias " + alias + " cannot be restored: it stands for collection " + name);
        assertThat(store().describe(other)).isEmpty();
        copy.run(Bookmark.none(), Progress.NONE);
        assertThat(store().aliases(other)).isEmpty();
        store().dropAlias(alias);
        copy.withAliases().run(Bookmark.none(), Progress.NONE);
        copy.withAliases().run(Bookmark.none(), Progress.NONE);
        assertThat(store().aliases(other)).containsExactly(alias);
        store().dropAlias(alias);
    }

    @Test
    void partitionsComeBackWithTheirRows() {
        simple(3);
        store().createPartition(name, "zebra");
        store().createPartition(name, "empty");
        store().insert(name, Optional.of("zebra"), List.of(simpleRow(10), simpleRow(11)));
        assertThat(export(1 << 20)).isEqualTo(5);
        importOther(Bookmark.none(), Progress.NONE);
        assertThat(store().partitions(other)).isEqualTo(store().partitions(name));
        assertThat(store().query(other, QueryRequest.everything().in(Set.of("zebra"))))
                .containsExactly(simpleRow(10), simpleRow(11));
        assertThat(store().query(other, QueryRequest.everything().in(Set.of("empty"))))
                .isEmpty();
    }

    @Test
    void aPartitionThatIsNotLoadedIsNamedBeforeARowIsMoved() throws IOException {
        simple(3);
        store().createPartition(name, "zebra");
        store().insert(name, Optional.of("zebra"), List.of(simpleRow(10)));
        store().releasePartition(name, "zebra");
        CollectionCopy copy = new CollectionCopy(new StoreRows(store(), name), store(), other);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> copy.run(Bookmark.none(), Progress.NONE))
                .withMessageContaining("partition zebra is not loaded");
        assertThat(store().describe(other)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> export(1))
                .withMessageContaining("partition zebra is not loaded");
        assertThat(directory).isEmptyDirectory();
        store().loadPartition(name, "zebra");
        assertThat(copy.run(Bookmark.none(), Progress.NONE)).isEqualTo(4);
        assertThat(export(1)).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource
    void anExportThatWasCutOffKeepsItsWholePartsAndWritesTheOthersAgain(ExportFormat format) throws IOException {
        simple(3500);
        CollectionExport export = new CollectionExport(new StoreRows(store(), name), directory, 1, format);
        assertThatThrownBy(() -> export.run((rows, all) -> {
                    assertThat(all).isEqualTo(3500);
                    if (rows == 3000) {
                        throw new IllegalStateException("cut off");
                    }
                }))
                .hasMessage("cut off");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExportedRows.of(directory))
                .withMessageContaining("unfinished");
        ExportFormat another = format == ExportFormat.JSONL ? ExportFormat.PARQUET : ExportFormat.JSONL;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> export(1, another))
                .withMessageContaining("holds an unfinished export as " + format.label());
        FileTime longAgo = FileTime.fromMillis(1000);
        Files.setLastModifiedTime(part(1, format), longAgo);
        Files.writeString(part(2, format), "not what was written");
        List<Long> seen = new ArrayList<>();
        assertThat(export.run((rows, all) -> seen.add(rows))).isEqualTo(3500);
        assertThat(seen).containsExactly(2000L, 3000L, 3500L);
        assertThat(Files.getLastModifiedTime(part(1, format))).isEqualTo(longAgo);
        importOther(Bookmark.none(), Progress.NONE);
        assertThat(all(other)).isEqualTo(all(name)).hasSize(3500);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> export.run(Progress.NONE))
                .withMessageContaining("finished export already");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsDamagedIsNamedAndNothingIsWritten(ExportFormat format) throws IOException {
        simple(2500);
        export(1, format);
        Path second = part(2, format);
        String named = second.getFileName().toString();
        byte[] whole = Files.readAllBytes(second);
        byte[] flipped = whole.clone();
        flipped[flipped.length / 2] ^= 4;
        Files.write(second, flipped);
        refused(named + " is damaged: its SHA-256");
        Files.write(second, Arrays.copyOf(whole, whole.length - 1));
        refused(named + " is damaged: it has " + (whole.length - 1) + " bytes");
        Files.delete(second);
        refused(named + " is missing");
        Files.write(second, whole);
        Files.writeString(directory.resolve("manifest.json"), " ", StandardOpenOption.APPEND);
        importOther(Bookmark.none(), Progress.NONE);
        store().drop(other);
        String manifest = Files.readString(directory.resolve("manifest.json"));
        for (String foreign : List.of(
                "", "{}", "[1]", manifest.replace(part(1, format).getFileName().toString(), "../../secret"))) {
            Files.writeString(directory.resolve("manifest.json"), foreign);
            refused("manifest.json is no manifest of an export");
        }
        Files.delete(directory.resolve("manifest.json"));
        refused("holds no export: there is no manifest.json");
    }

    private void refused(String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> importOther(Bookmark.none(), Progress.NONE))
                .withMessageContaining(message)
                .satisfies(refusal -> assertThat(refusal).message().hasLineCount(1));
        assertThat(store().describe(other)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void anImportThatWasCutOffGoesOnBehindWhatIsThere(ExportFormat format) {
        simple(2500);
        export(1 << 20, format);
        Bookmark bookmark = new FileBookmark(directory.resolve("state.json"), "to " + other);
        assertThatThrownBy(() -> importOther(bookmark, (rows, all) -> {
                    if (rows == 2000) {
                        throw new IllegalStateException("cut off");
                    }
                }))
                .hasMessage("cut off");
        List<Long> seen = new ArrayList<>();
        assertThat(importOther(bookmark, (rows, all) -> seen.add(rows))).isEqualTo(2500);
        assertThat(seen).containsExactly(2000L, 2500L);
        assertThat(all(other)).isEqualTo(all(name)).hasSize(2500);
        assertThat(bookmark.read()).isEqualTo(Mark.START);
    }

    @Test
    void anImportIntoWhatWasDroppedMeanwhileBeginsAnew() {
        simple(1500);
        export(1 << 20);
        FileBookmark bookmark = new FileBookmark(directory.resolve("state.json"), "to " + other);
        bookmark.write(new Mark(1000, Optional.of("_default"), Optional.of(Id.of("row-00999"))));
        importOther(bookmark, Progress.NONE);
        assertThat(store().count(other)).isEqualTo(1500);
        bookmark.write(Mark.START);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FileBookmark(bookmark.file(), "elsewhere").read())
                .withMessageContaining("state.json")
                .withMessageContaining("another transfer");
    }

    @Test
    void anotherSchemaIsRefusedNamingTheField() {
        simple(1);
        export(1 << 20);
        store().create(new CollectionSchema(other, 2, Metric.EUCLIDEAN, List.of(new Field("txt", TEXT))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> importOther(Bookmark.none(), Progress.NONE))
                .withMessageContaining("txt");
    }

    @Test
    void aComparisonCountsWhatIsOtherwise() {
        simple(2100);
        CollectionCopy copy = new CollectionCopy(new StoreRows(store(), name), store(), other);
        copy.run(Bookmark.none(), Progress.NONE);
        String sha256 = copy.compare(Progress.NONE).sha256();
        store().delete(other, List.of("row-00000", "row-01500"));
        store().upsert(other, List.of(new Entity("row-02000", new float[] {5, 5}, Map.of("text", "t2000"))));
        store().upsert(other, List.of(simpleRow(9000)));
        assertThat(copy.compare(Progress.NONE))
                .isEqualTo(new Comparison(
                        2100, 2, 1, 1, Optional.of("row row-00000 of partition _default is missing"), sha256));
    }
}
