package dev.milvuso.vector.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.milvuso.component.Health;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.IndexDescription;
import dev.milvuso.vector.IndexSpec;
import dev.milvuso.vector.Indexes;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.PartialWriteException;
import dev.milvuso.vector.SearchParameters;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.Vector;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a journal holds when the store is opened again. */
final class EmbeddedDurabilityTest {
    private static final CollectionSchema RICH = new CollectionSchema(
            "rich",
            2,
            Metric.COSINE,
            List.of(
                    new Field("text", Field.Type.TEXT),
                    new Field("integer", Field.Type.INTEGER),
                    new Field("real", Field.Type.REAL),
                    new Field("bool", Field.Type.BOOL)));

    @TempDir
    Path folder;

    private static Entity entity(String id, float... vector) {
        return new Entity(id, vector, Map.of());
    }

    private static CollectionSchema plain(String name, int dimension) {
        return new CollectionSchema(name, dimension, Metric.INNER_PRODUCT, List.of());
    }

    @Test
    void everyChangeIsThereAfterReopening() {
        Map<String, Object> fields =
                Map.of("text", "it's \n \u0000 日本 😀", "integer", Long.MIN_VALUE, "real", -0.1, "bool", true);
        try (EmbeddedVectorStore store = EmbeddedVectorStore.in(folder)) {
            store.create(RICH);
            store.create(plain("plain", 2));
            store.create(plain("gone", 2));
            store.upsert("rich", List.of(new Entity("a", new float[] {1, 2}, fields)));
            store.upsert("plain", List.of(entity("a", 1, 1), entity("b", 2, 2), entity("c", 3, 3)));
            store.upsert("plain", List.of(entity("a", 9, 9)));
            store.delete("plain", List.of("b"));
            store.drop("gone");
        }
        for (int reopened = 0; reopened < 2; reopened++) {
            try (EmbeddedVectorStore store = EmbeddedVectorStore.in(folder)) {
                assertThat(store.describe("rich")).contains(RICH);
                assertThat(store.describe("gone")).isEmpty();
                assertThat(store.get("rich", List.of("a")).get(0).fields()).isEqualTo(fields);
                assertThat(store.search("plain", SearchRequest.nearest(new float[] {1, 0}, 10)))
                        .containsExactly(new Hit("a", 9), new Hit("c", 3));
            }
        }
    }

    @Test
    void aDamagedFileIsNamedAndWhatWasWrittenBeforeIsThere() throws IOException {
        long good;
        Path file = folder.resolve("vectors.log");
        try (EmbeddedVectorStore store = EmbeddedVectorStore.in(folder)) {
            store.create(plain("plain", 2));
            store.upsert("plain", List.of(entity("a", 1, 1)));
            good = Files.size(file);
            store.upsert("plain", List.of(entity("b", 2, 2)));
            store.upsert("plain", List.of(entity("c", 3, 3)));
        }
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) good + 20] ^= 4;
        Files.write(file, bytes);
        try (EmbeddedVectorStore store = EmbeddedVectorStore.in(folder)) {
            assertThat(store.health())
                    .isInstanceOfSatisfying(
                            Health.Degraded.class,
                            health -> assertThat(health.reason())
                                    .contains(file + " is damaged at byte " + good)
                                    .contains("vectors.log.damaged"));
            assertThat(store.get("plain", List.of("a", "b", "c")))
                    .extracting(Entity::id)
                    .containsExactly("a");
            store.upsert("plain", List.of(entity("d", 4, 4)));
        }
        assertThat(folder.resolve("vectors.log.damaged")).hasBinaryContent(bytes);
        try (EmbeddedVectorStore store = EmbeddedVectorStore.in(folder)) {
            assertThat(store.health()).isEqualTo(new Health.Up());
            assertThat(store.count("plain")).isEqualTo(2);
        }
    }

    @Test
    void indexesAreThereAfterReopeningAndAfterTheFileWasRewritten() {
        CollectionSchema schema = CollectionSchema.named("indexed")
                .vector("one", 256, Metric.COSINE)
                .vector("other", 2, Metric.COSINE)
                .field("year", Field.Type.INTEGER)
                .build();
        try (EmbeddedVectorStore store = EmbeddedVectorStore.in(folder, 100)) {
            store.create(schema);
            store.indexes("indexed").replace("one", new IndexSpec.IvfPq(16, 2, 8));
            store.indexes("indexed").create("year", new IndexSpec.Sorted());
            store.indexes("indexed").drop("other");
            for (int round = 1; round <= 80; round++) {
                float last = round;
                store.upsert(
                        "indexed",
                        IntStream.range(0, 1000)
                                .mapToObj(i -> Entity.of(Id.of("id" + i))
                                        .with("one", Vector.of(wave(i + last)))
                                        .with("other", Vector.of(last, i))
                                        .with("year", (long) i))
                                .toList());
            }
        }
        for (int reopened = 0; reopened < 2; reopened++) {
            try (EmbeddedVectorStore store = EmbeddedVectorStore.in(folder, 100)) {
                Indexes indexes = store.indexes("indexed");
                assertThat(indexes.list())
                        .extracting(IndexDescription::spec)
                        .containsExactly(new IndexSpec.IvfPq(16, 2, 8), new IndexSpec.Sorted());
                IndexDescription now = indexes.await("one", Duration.ofMinutes(1));
                assertThat(now.structure()).contains("inverted lists", "in place of IVF_PQ");
                assertThat(now.rowsIndexed()).isEqualTo(1000);
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> store.load("indexed"))
                        .withMessageContaining("vector field other has no index");
            }
        }
    }

    @Test
    void whatWasReleasedIsReleasedStill() {
        try (EmbeddedVectorStore store = EmbeddedVectorStore.in(folder)) {
            for (String name : List.of("whole", "released", "partly")) {
                store.create(plain(name, 2));
                store.createPartition(name, "a");
                store.upsert(name, List.of(entity("x", new float[] {1, 1})));
                store.upsert(name, Optional.of("a"), List.of(entity("y", new float[] {1, 2})));
            }
            store.release("released");
            store.releasePartition("partly", "a");
        }
        try (EmbeddedVectorStore store = EmbeddedVectorStore.in(folder)) {
            assertThat(store.count("whole")).isEqualTo(2);
            assertThat(store.statistics("released").loaded()).isFalse();
            assertThat(store.statistics("released").rows()).isEqualTo(2);
            assertThat(store.count("partly")).isEqualTo(1);
            assertThat(store.statistics("partly").diskBytes().orElse(0)).isPositive();
            store.load("released");
            store.loadPartition("partly", "a");
        }
        try (EmbeddedVectorStore store = EmbeddedVectorStore.in(folder)) {
            assertThat(store.count("released")).isEqualTo(2);
            assertThat(store.count("partly")).isEqualTo(2);
        }
    }

    private static void fill(Path folder) {
        try (EmbeddedVectorStore store = EmbeddedVectorStore.in(folder, 100)) {
            fill(store);
            store.indexes("saved").await("vector", Duration.ofMinutes(1));
        }
    }

    private static void fill(EmbeddedVectorStore store) {
        store.create(plain("saved", 256));
        store.upsert(
                "saved",
                IntStream.range(0, 1000)
                        .mapToObj(i -> entity("id" + i, wave(i)))
                        .toList());
        store.delete("saved", List.of("id3", "id500"));
        store.upsert("saved", List.of(entity("new", wave(2000)), entity("newer", wave(2001))));
    }

    private Path saved() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("indexes"))) {
            return files.filter(file -> file.toString().endsWith(".index"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** As in a store that never was closed, and what lists find is nearly the same. */
    private static void assertEachIsFound(EmbeddedVectorStore store) {
        try (EmbeddedVectorStore expected = EmbeddedVectorStore.inMemory()) {
            fill(expected);
            int found = 0;
            for (int i = 0; i < 100; i++) {
                SearchRequest request =
                        SearchRequest.of(Vector.of(wave(i * 20.02f))).build();
                List<Hit> nearest = expected.search("saved", request);
                SearchRequest exactly = SearchRequest.of(Vector.of(wave(i * 20.02f)))
                        .parameters(SearchParameters.NONE.withRecall(1))
                        .build();
                assertThat(store.search("saved", exactly)).isEqualTo(nearest);
                List<Hit> hits = store.search("saved", request);
                found += (int) hits.stream().filter(nearest::contains).count();
            }
            assertThat(found).isGreaterThan(850);
        }
    }

    @Test
    void anIndexThatWasSavedIsThereAtOnceAndNotMadeAnew() throws IOException {
        fill(folder);
        FileTime written = Files.getLastModifiedTime(saved());
        try (EmbeddedVectorStore store = EmbeddedVectorStore.in(folder, 100)) {
            IndexDescription now = store.indexes("saved").describe("vector").orElseThrow();
            assertThat(now.state()).isEqualTo(IndexDescription.State.READY);
            assertThat(now.structure()).contains("inverted lists").doesNotContain("rows on");
            assertThat(now.rowsIndexed()).isEqualTo(1000);
            assertEachIsFound(store);
        }
        assertThat(Files.getLastModifiedTime(saved())).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.005, 0.5, 0.999})
    void ofASavedIndexThatIsDamagedNothingIsUsed(double place) throws IOException {
        fill(folder);
        Path file = saved();
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) (place * (bytes.length - 1))] ^= 16;
        Files.write(file, bytes);
        try (EmbeddedVectorStore store = EmbeddedVectorStore.in(folder, 100)) {
            store.indexes("saved").await("vector", Duration.ofMinutes(1));
            assertEachIsFound(store);
        }
        assertThat(Files.readAllBytes(saved())).isNotEqualTo(bytes);
    }

    @Test
    void aSavedIndexOfAnotherCollectionOfTheSameNameIsNotUsed() throws IOException {
        fill(folder);
        byte[] bytes = Files.readAllBytes(saved());
        try (EmbeddedVectorStore store = EmbeddedVectorStore.in(folder, 100)) {
            store.drop("saved");
            store.create(plain("saved", 256));
            store.upsert(
                    "saved",
                    IntStream.range(0, 1000)
                            .mapToObj(i -> entity("id" + i, wave(5000 - i)))
                            .toList());
        }
        Files.write(saved(), bytes);
        try (EmbeddedVectorStore store = EmbeddedVectorStore.in(folder, 100)) {
            store.indexes("saved").await("vector", Duration.ofMinutes(1));
            assertThat(store.search("saved", SearchRequest.nearest(wave(4990), 3)))
                    .extracting(Hit::id)
                    .contains("id10");
        }
    }

    private static float[] wave(float start) {
        float[] vector = new float[256];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) Math.sin(start * (i + 1));
        }
        return vector;
    }

    @Test
    void rowsThatMoveAllDayDoNotFillTheDisk() throws IOException {
        int dimension = 256;
        int rounds = 200;
        try (EmbeddedVectorStore store = EmbeddedVectorStore.in(folder)) {
            store.create(plain("moving", dimension));
            for (int round = 0; round <= rounds; round++) {
                store.upsert("moving", rows(1000, dimension, round));
            }
            // 200 rounds are 200 MB; a rewrite comes at 64.
            assertThat(Files.size(folder.resolve("vectors.log"))).isLessThan(66L << 20);
        }
        try (EmbeddedVectorStore store = EmbeddedVectorStore.in(folder)) {
            assertThat(store.count("moving")).isEqualTo(1000);
            assertThat(store.get("moving", List.of("id0", "id999")))
                    .hasSize(2)
                    .allMatch(entity -> entity.vector()[dimension - 1] == rounds);
        }
    }

    private static List<Entity> rows(int count, int dimension, float last) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    float[] vector = new float[dimension];
                    vector[dimension - 1] = last;
                    return entity("id" + i, vector);
                })
                .toList();
    }

    /** The size that a file may have is limited as a full disk would limit it. */
    @Test
    void aWriteForWhichTheDiskIsTooSmallNamesTheRowsThatWereNotStored() throws Exception {
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "ulimit -f 2048 && exec \"$@\"",
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        TooMuch.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> said;
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            said = output.lines().toList();
        }
        assertThat(process.waitFor()).isZero();
        assertThat(said).hasSizeBetween(1, TooMuch.ROWS - 1);
        try (EmbeddedVectorStore store = EmbeddedVectorStore.in(folder)) {
            assertThat(store.count("full")).isEqualTo(TooMuch.ROWS - said.size());
            List<String> ids = said.stream().map(position -> "id" + position).toList();
            assertThat(store.get("full", ids)).isEmpty();
        }
    }

    /** Writes more than may be written, and prints the positions that were not stored. */
    static final class TooMuch {
        static final int ROWS = 20_000;

        private TooMuch() {}

        public static void main(String[] arguments) {
            EmbeddedVectorStore store = EmbeddedVectorStore.in(Path.of(arguments[0]));
            store.create(plain("full", 64));
            try {
                store.upsert(
                        "full",
                        IntStream.range(0, ROWS)
                                .mapToObj(i -> entity("id" + i, new float[64]))
                                .toList());
            } catch (PartialWriteException e) {
                e.notDone().forEach(System.out::println);
            }
        }
    }

    @Test
    void whatAKilledProcessWasToldIsStoredIsThere() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int acknowledged = 0;
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                acknowledged = Integer.parseInt(line);
                if (acknowledged == 300) {
                    // Not Process.destroyForcibly(), which would close the output as well.
                    assertThat(process.toHandle().destroyForcibly()).isTrue();
                }
            }
        }
        process.waitFor();
        assertThat(acknowledged).isGreaterThanOrEqualTo(300);
        try (EmbeddedVectorStore store = EmbeddedVectorStore.in(folder)) {
            assertThat(store.count("killed")).isGreaterThanOrEqualTo(acknowledged * 10L);
            List<String> ids = IntStream.range(0, acknowledged * 10)
                    .mapToObj(i -> "id" + i)
                    .toList();
            assertThat(store.get("killed", ids)).hasSize(ids.size());
        }
    }

    /** Writes until it is killed, and prints how many calls have returned. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) {
            EmbeddedVectorStore store = EmbeddedVectorStore.in(Path.of(arguments[0]));
            store.create(plain("killed", 64));
            for (int call = 0; true; call++) {
                int first = call * 10;
                store.upsert(
                        "killed",
                        IntStream.range(first, first + 10)
                                .mapToObj(i -> entity("id" + i, new float[64]))
                                .toList());
                System.out.println(call + 1);
            }
        }
    }
}
