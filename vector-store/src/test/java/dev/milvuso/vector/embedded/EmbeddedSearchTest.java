package dev.milvuso.vector.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.IndexDescription;
import dev.milvuso.vector.IndexSpec;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.Path;
import dev.milvuso.vector.SearchParameters;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.Vector;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Searches by lists against a plain map that is searched exactly. */
final class EmbeddedSearchTest {
    private static final int DIMENSION = 12;
    private static final int EXACT_BELOW = 2000;
    private static final float[][] CENTRES = centres();

    private final EmbeddedVectorStore store = EmbeddedVectorStore.inMemory(InstantSource.system(), EXACT_BELOW);
    private final Map<String, Entity> model = new HashMap<>();
    private final Random random = new Random(17);

    private static float[][] centres() {
        Random random = new Random(1);
        float[][] centres = new float[60][DIMENSION];
        for (float[] centre : centres) {
            for (int i = 0; i < DIMENSION; i++) {
                centre[i] = (float) random.nextGaussian();
            }
        }
        return centres;
    }

    private static float[] vector(Random random) {
        float[] centre = CENTRES[random.nextInt(CENTRES.length)];
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) (centre[i] + 0.3 * random.nextGaussian());
        }
        return vector;
    }

    @BeforeEach
    void create() {
        create(Metric.INNER_PRODUCT);
    }

    private void create(Metric metric) {
        store.drop("c");
        store.create(new CollectionSchema("c", DIMENSION, metric, List.of(new Field("n", Field.Type.INTEGER))));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void put(int from, int to) {
        List<Entity> entities = IntStream.range(from, to)
                .mapToObj(i -> new Entity("id" + i, vector(random), Map.of("n", (long) i % 1000)))
                .toList();
        entities.forEach(entity -> model.put(entity.id(), entity));
        store.upsert("c", entities);
    }

    private void delete(List<String> ids) {
        store.delete("c", ids);
        model.keySet().removeAll(ids);
    }

    private static double score(Metric metric, float[] query, float[] row) {
        double product = 0;
        double squares = 0;
        double distance = 0;
        double differences = 0;
        for (int i = 0; i < row.length; i++) {
            product += (double) query[i] * row[i];
            squares += (double) row[i] * row[i];
            distance += Math.pow((double) query[i] - row[i], 2);
            differences += Math.abs((double) query[i] - row[i]);
        }
        return switch (metric) {
            case INNER_PRODUCT -> product;
            case COSINE -> product / Math.sqrt(squares);
            case EUCLIDEAN -> -distance;
            case MANHATTAN -> -differences;
        };
    }

    private List<Id> nearest(Metric metric, float[] query, Predicate<Entity> wanted) {
        return model.values().stream()
                .filter(wanted)
                .sorted(Comparator.comparingDouble(entity -> -score(metric, query, entity.vector())))
                .limit(10)
                .map(entity -> Id.of(entity.id()))
                .toList();
    }

    private List<Id> search(float[] query, float recall, Filter... filters) {
        SearchRequest.Builder request =
                SearchRequest.of(Vector.of(query)).parameters(SearchParameters.NONE.withRecall(recall));
        for (Filter filter : filters) {
            request.filter(filter);
        }
        return store.search("c", request.build()).stream().map(Hit::key).toList();
    }

    private IndexDescription lists() {
        IndexDescription now = store.indexes("c").await("vector", Duration.ofMinutes(1));
        assertThat(now.structure()).containsPattern("inverted lists|a graph");
        return now;
    }

    private double recall(Metric metric, Predicate<Entity> wanted, Filter... filters) {
        int queries = 100;
        long found = 0;
        long all = 0;
        for (int i = 0; i < queries; i++) {
            float[] query = vector(random);
            Set<Id> best = Set.copyOf(nearest(metric, query, wanted));
            all += best.size();
            found += search(query, 0.95f, filters).stream()
                    .filter(best::contains)
                    .count();
        }
        return (double) found / all;
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void listsFindNearlyAllAndWithRecallOneAll(Metric metric) {
        create(metric);
        put(0, 12_000);
        assertThat(lists().rowsIndexed()).isEqualTo(12_000);
        assertThat(recall(metric, entity -> true)).isGreaterThan(0.9);
        float[] query = vector(random);
        assertThat(search(query, 1)).hasSameElementsAs(nearest(metric, query, entity -> true));
    }

    @Test
    void filtersFindNearlyAllAtEverySelectivityAndFollowWrites() {
        put(0, 25_000);
        lists();
        for (int share : new int[] {500, 100, 10, 1}) {
            Filter filter = Path.of("n").below((long) share);
            Predicate<Entity> wanted =
                    entity -> ((Long) Objects.requireNonNull(entity.fields().get("n"))) < share;
            assertThat(recall(Metric.INNER_PRODUCT, wanted, filter))
                    .as("%d of 1000", share)
                    .isGreaterThan(0.9);
            delete(IntStream.range(0, 40).mapToObj(i -> "id" + (i * 501)).toList());
            put(30_000, 30_010);
            float[] query = vector(random);
            assertThat(search(query, 1, filter)).hasSameElementsAs(nearest(Metric.INNER_PRODUCT, query, wanted));
        }
    }

    @Test
    void writesAreFoundAtOnceWhileListsAreMade() {
        put(0, 5000);
        for (int round = 0; round < 40; round++) {
            store.indexes("c").rebuild("vector");
            int from = random.nextInt(5000);
            put(from, from + 20);
            int gone = random.nextInt(5000);
            delete(IntStream.range(gone, gone + 20).mapToObj(i -> "id" + i).toList());
            float[] query = vector(random);
            assertThat(search(query, 1)).hasSameElementsAs(nearest(Metric.INNER_PRODUCT, query, entity -> true));
            assertThat(store.get("c", List.of("id" + from)).size()).isEqualTo(model.containsKey("id" + from) ? 1 : 0);
        }
        assertThat(lists().rowsPending()).isZero();
        assertThat(store.count("c")).isEqualTo(model.size());
        assertThat(recall(Metric.INNER_PRODUCT, entity -> true)).isGreaterThan(0.9);
    }

    @Test
    void aFlatIndexIsExactAndListsComeBackWithAnother() {
        put(0, 6000);
        lists();
        store.indexes("c").replace("vector", new IndexSpec.Flat());
        assertThat(store.indexes("c").describe("vector").orElseThrow().structure())
                .isEqualTo("an exact scan");
        for (int i = 0; i < 20; i++) {
            float[] query = vector(random);
            assertThat(search(query, 0.5f)).hasSameElementsAs(nearest(Metric.INNER_PRODUCT, query, entity -> true));
        }
        store.indexes("c").replace("vector", new IndexSpec.Hnsw(16, 100));
        assertThat(lists().structure())
                .startsWith("a graph of 16 links, of 4-bit codes")
                .doesNotContain("in place");
        assertThat(recall(Metric.INNER_PRODUCT, entity -> true)).isGreaterThan(0.9);
    }

    @Test
    void searchesGoOnWhileRowsMoveAndNoneThatStaysIsLost() throws Exception {
        put(0, 8000);
        lists();
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            AtomicInteger searched = new AtomicInteger();
            List<Future<?>> searches = IntStream.range(0, 3)
                    .<Future<?>>mapToObj(thread -> threads.submit(() -> {
                        Random own = new Random(thread);
                        while (!done.get()) {
                            List<Hit> hits = store.search("c", SearchRequest.nearest(vector(own), 10));
                            assertThat(hits).hasSize(10);
                            assertThat(hits.stream().map(Hit::key).collect(Collectors.toSet()))
                                    .hasSize(10);
                            searched.incrementAndGet();
                        }
                    }))
                    .toList();
            await().until(() -> searched.get() > 0 || searches.stream().anyMatch(Future::isDone));
            for (int round = 0; round < 100; round++) {
                int from = random.nextInt(7000);
                put(from, from + 200);
                delete(IntStream.range(8000, 8200).mapToObj(i -> "id" + i).toList());
                put(8000, 8200);
            }
            done.set(true);
            for (Future<?> search : searches) {
                search.get();
            }
        } finally {
            done.set(true);
            threads.shutdownNow();
        }
        assertThat(recall(Metric.INNER_PRODUCT, entity -> true)).isGreaterThan(0.9);
    }

    @Test
    void slotsOfDeletedRowsAreTakenByNewOnes() {
        VectorTable table = new VectorTable(
                new CollectionSchema("t", 2, Metric.COSINE, List.of()),
                new IndexWork(Runnable::run, Runnable::run, Integer.MAX_VALUE, () -> {}));
        VectorTable.Row row = new VectorTable.Row("_default", 0);
        for (int i = 0; i < 100; i++) {
            table.put(List.of(new Entity("id" + i, new float[] {1, i}, Map.of())), row);
        }
        table.delete(Set.of(Id.of("id10"), Id.of("id20"), Id.of("nobody")));
        assertThat(table.size()).isEqualTo(98);
        table.put(
                List.of(
                        new Entity("new", new float[] {1, 1}, Map.of()),
                        new Entity("newer", new float[] {1, 1}, Map.of())),
                row);
        assertThat(table.slot(Id.of("new"))).isEqualTo(10);
        assertThat(table.slot(Id.of("newer"))).isEqualTo(20);
        assertThat(table.slot(Id.of("id99"))).isEqualTo(99);
        assertThat(table.live().length()).isEqualTo(100);
    }
}
