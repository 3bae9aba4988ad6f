package dev.milvuso.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.milvuso.component.Health;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link VectorStore} promises. Reads must see what was written before them. */
public abstract class VectorStoreContract extends StoreFixture {
    private static final List<String> AWKWARD_IDS = List.of(
            "plain",
            "it's",
            "say \"hi\"",
            "\"] or id != \"",
            "' or '1' == '1",
            "back\\slash",
            "ends with \\",
            "\\u0041",
            "\\n",
            "\\x41",
            "日\\本",
            "\u202Eright to left\u0301",
            "\\\" or true",
            "new\nline",
            "tab\tand\rreturn",
            "\u0001",
            "ünïcödé",
            "日本語",
            "😀",
            "per%cent_",
            "{braces}",
            " spaces ",
            "a".repeat(512));

    protected VectorStoreContract() {
        super("contract");
    }

    private CollectionSchema plain(int dimension, Metric metric) {
        return new CollectionSchema(name, dimension, metric, List.of());
    }

    private CollectionSchema rich() {
        return new CollectionSchema(
                name,
                2,
                Metric.INNER_PRODUCT,
                List.of(
                        new Field("category", Field.Type.TEXT),
                        new Field("year", Field.Type.INTEGER),
                        new Field("price", Field.Type.REAL),
                        new Field("in_stock", Field.Type.BOOL)));
    }

    private static Entity plainEntity(String id, float... vector) {
        return new Entity(id, vector, Map.of());
    }

    private static Entity richEntity(String id, String category, long year, double price, boolean inStock) {
        return new Entity(
                id,
                new float[] {1, 0},
                Map.of("category", category, "year", year, "price", price, "in_stock", inStock));
    }

    private List<String> found(SearchRequest request) {
        return store().search(name, request).stream().map(Hit::id).toList();
    }

    private List<String> found(Filter filter) {
        return found(new SearchRequest(new float[] {1, 0}, 100, Optional.of(filter), Set.of()));
    }

    @Test
    void aCollectionIsDescribedAsItWasMade() {
        assertThat(store().describe(name)).isEmpty();
        store().create(rich());
        assertThat(store().describe(name)).contains(rich());
        assertThat(store().count(name)).isZero();
    }

    /** The one metric that a store may lack, and then refuses. */
    private boolean isRefused(Metric metric) {
        boolean refused = metric == Metric.MANHATTAN && !store().features().contains(Feature.MANHATTAN);
        if (refused) {
            assertThatThrownBy(() -> store().create(plain(3, metric)))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining(Feature.MANHATTAN.what());
        }
        return refused;
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void everyMetricIsRemembered(Metric metric) {
        if (isRefused(metric)) {
            return;
        }
        store().create(plain(3, metric));
        assertThat(store().describe(name)).contains(plain(3, metric));
    }

    @Test
    void creatingTheSameAgainChangesNothing() {
        store().create(rich());
        store().upsert(name, List.of(richEntity("a", "book", 1999, 1.5, true)));
        store().create(rich());
        assertThat(store().count(name)).isEqualTo(1);
    }

    @Test
    void creatingAnotherOfTheSameNameIsRefused() {
        store().create(rich());
        List<Field> fields = rich().fields();
        List<Field> fewer = fields.subList(0, fields.size() - 1);
        List<Field> otherType = new ArrayList<>(fewer);
        otherType.add(new Field("in_stock", Field.Type.INTEGER));
        for (CollectionSchema other : List.of(
                new CollectionSchema(name, 3, Metric.INNER_PRODUCT, fields),
                new CollectionSchema(name, 2, Metric.COSINE, fields),
                new CollectionSchema(name, 2, Metric.INNER_PRODUCT, fewer),
                new CollectionSchema(name, 2, Metric.INNER_PRODUCT, otherType))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> store().create(other))
                    .withMessageContaining(name)
                    .withMessageContaining("another schema");
        }
        assertThat(store().describe(name)).contains(rich());
    }

    @Test
    void droppingTakesTheCollectionAndMayBeRepeated() {
        store().create(plain(2, Metric.COSINE));
        store().upsert(name, List.of(plainEntity("a", 1, 0)));
        store().drop(name);
        store().drop(name);
        assertThat(store().describe(name)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store().count(name))
                .withMessageContaining(name);
        store().create(plain(4, Metric.EUCLIDEAN));
        assertThat(store().count(name)).isZero();
        store().upsert(name, List.of(plainEntity("a", 1, 0, 0, 0)));
        assertThat(store().get(name, List.of("a"))).hasSize(1);
    }

    @Test
    void aCollectionThatIsNotThereIsNamed() {
        SearchRequest request = SearchRequest.nearest(new float[] {1, 0}, 1);
        for (Runnable call : List.<Runnable>of(
                () -> store().upsert(name, List.of(plainEntity("a", 1, 0))),
                () -> store().get(name, List.of("a")),
                () -> store().delete(name, List.of("a")),
                () -> store().search(name, request),
                () -> store().count(name))) {
            assertThatThrownBy(call::run)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(name);
        }
    }

    @Test
    void whatIsUpsertedIsReadBackWithAllItsFields() {
        store().create(rich());
        Entity entity = new Entity(
                "a",
                new float[] {0.1f, -3.5e-8f},
                Map.of("category", "it's \"b\\c\"\n日本😀", "year", Long.MIN_VALUE, "price", 0.1, "in_stock", false));
        store().upsert(name, List.of(entity, richEntity("b", "", Long.MAX_VALUE, -1e300, true)));
        assertThat(store().get(name, List.of("a", "not there"))).singleElement().satisfies(got -> {
            assertThat(got.id()).isEqualTo("a");
            assertThat(got.vector()).containsExactly(0.1f, -3.5e-8f);
            assertThat(got.fields()).isEqualTo(entity.fields());
        });
        assertThat(store().get(name, List.of("b")))
                .singleElement()
                .satisfies(got -> assertThat(got.fields())
                        .isEqualTo(Map.of("category", "", "year", Long.MAX_VALUE, "price", -1e300, "in_stock", true)));
        assertThat(store().get(name, List.of())).isEmpty();
        assertThat(store().get(name, List.of("a", "a"))).hasSize(1);
    }

    @Test
    void upsertingReplacesTheWholeRow() {
        store().create(rich());
        store().upsert(name, List.of(richEntity("a", "book", 1999, 1.5, true)));
        store().upsert(
                        name,
                        List.of(new Entity(
                                "a",
                                new float[] {0, 5},
                                Map.of("category", "film", "year", 2001L, "price", 2.5, "in_stock", false))));
        assertThat(store().count(name)).isEqualTo(1);
        assertThat(store().get(name, List.of("a")).get(0).vector()).containsExactly(0, 5);
        assertThat(store().search(name, SearchRequest.nearest(new float[] {0, 1}, 5)))
                .containsExactly(new Hit("a", 5));
        assertThat(found(Filter.equal("category", "book"))).isEmpty();
        assertThat(found(Filter.equal("category", "film"))).containsExactly("a");
    }

    @Test
    void ofAnIdGivenTwiceTheLastCounts() {
        store().create(plain(2, Metric.INNER_PRODUCT));
        store().upsert(name, List.of(plainEntity("a", 1, 0), plainEntity("b", 1, 0), plainEntity("a", 7, 0)));
        assertThat(store().count(name)).isEqualTo(2);
        assertThat(store().search(name, SearchRequest.nearest(new float[] {1, 0}, 5)))
                .containsExactly(new Hit("a", 7), new Hit("b", 1));
    }

    @Test
    void moreRowsThanOneBatchAreWrittenReadAndDeleted() {
        store().create(plain(2, Metric.INNER_PRODUCT));
        List<String> ids = IntStream.range(0, 2500).mapToObj(i -> "id" + i).toList();
        store().upsert(
                        name,
                        IntStream.range(0, ids.size())
                                .mapToObj(i -> plainEntity(ids.get(i), i, 0))
                                .toList());
        assertThat(store().count(name)).isEqualTo(2500);
        assertThat(store().get(name, ids)).extracting(Entity::id).containsExactlyInAnyOrderElementsOf(ids);
        store().delete(name, ids.subList(0, 2499));
        assertThat(store().count(name)).isEqualTo(1);
        assertThat(found(SearchRequest.nearest(new float[] {1, 0}, 10))).containsExactly("id2499");
    }

    @Test
    void whatIsDeletedIsNotFoundAnyMore() {
        store().create(plain(2, Metric.INNER_PRODUCT));
        store().upsert(name, List.of(plainEntity("a", 1, 0), plainEntity("b", 2, 0), plainEntity("c", 3, 0)));
        store().delete(name, List.of("b", "not there", "b"));
        store().delete(name, List.of());
        assertThat(store().count(name)).isEqualTo(2);
        assertThat(store().get(name, List.of("a", "b"))).extracting(Entity::id).containsExactly("a");
        assertThat(found(SearchRequest.nearest(new float[] {1, 0}, 10))).containsExactly("c", "a");
        store().upsert(name, List.of(plainEntity("b", 9, 0)));
        assertThat(found(SearchRequest.nearest(new float[] {1, 0}, 10))).containsExactly("b", "c", "a");
    }

    @Test
    void theInnerProductIsTheScoreAndLargerComesFirst() {
        store().create(plain(2, Metric.INNER_PRODUCT));
        store().upsert(
                        name,
                        List.of(plainEntity("far", -4, 0), plainEntity("near", 2, 1), plainEntity("nearest", 3, -5)));
        assertThat(store().search(name, SearchRequest.nearest(new float[] {2, 0}, 10)))
                .containsExactly(new Hit("nearest", 6), new Hit("near", 4), new Hit("far", -8));
    }

    @Test
    void theCosineIgnoresLength() {
        store().create(plain(2, Metric.COSINE));
        store().upsert(
                        name,
                        List.of(
                                plainEntity("same", 50, 0),
                                plainEntity("slanted", 1, 1),
                                plainEntity("across", 0, 1e-6f),
                                plainEntity("opposite", -0.1f, 0)));
        List<Hit> hits = store().search(name, SearchRequest.nearest(new float[] {2, 0}, 10));
        assertThat(hits).extracting(Hit::id).containsExactly("same", "slanted", "across", "opposite");
        assertThat(hits.get(0).score()).isCloseTo(1, within(1e-6f));
        assertThat(hits.get(1).score()).isCloseTo((float) Math.sqrt(0.5), within(1e-6f));
        assertThat(hits.get(2).score()).isZero();
        assertThat(hits.get(3).score()).isCloseTo(-1, within(1e-6f));
    }

    @Test
    void theCosineRefusesVectorsWithoutDirection() {
        store().create(plain(2, Metric.COSINE));
        for (float[] vector : List.of(new float[] {0, -0f}, new float[] {1e-30f, 0}, new float[] {1e30f, 1})) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> store().upsert(name, List.of(new Entity("a", vector, Map.of()))))
                    .withMessageContaining("direction");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> store().search(name, SearchRequest.nearest(vector, 1)))
                    .withMessageContaining("direction");
        }
    }

    @Test
    void theSquaredDistanceIsTheScoreAndSmallerComesFirst() {
        store().create(plain(2, Metric.EUCLIDEAN));
        store().upsert(name, List.of(plainEntity("far", 4, 4), plainEntity("here", 1, 0), plainEntity("near", 2, 2)));
        assertThat(store().search(name, SearchRequest.nearest(new float[] {1, 0}, 10)))
                .containsExactly(new Hit("here", 0), new Hit("near", 5), new Hit("far", 25));
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void theOrderIsThatOfAPlainCalculation(Metric metric) {
        if (isRefused(metric)) {
            return;
        }
        int dimension = 17;
        Random random = new Random(7);
        store().create(plain(dimension, metric));
        List<Entity> entities = IntStream.range(0, 300)
                .mapToObj(i -> plainEntity("id" + i, vector(random, dimension)))
                .toList();
        store().upsert(name, entities);
        float[] query = vector(random, dimension);
        Comparator<Entity> byScore = Comparator.comparing(entity -> score(metric, query, entity.vector()));
        List<Entity> expected = entities.stream()
                .sorted(metric.smallerIsNearer() ? byScore : byScore.reversed())
                .limit(20)
                .toList();
        List<Hit> hits = store().search(name, SearchRequest.nearest(query, 20));
        assertThat(hits)
                .extracting(Hit::id)
                .containsExactlyElementsOf(expected.stream().map(Entity::id).toList());
        for (int i = 0; i < hits.size(); i++) {
            assertThat((double) hits.get(i).score())
                    .isCloseTo(score(metric, query, expected.get(i).vector()), within(1e-4));
        }
    }

    private static float[] vector(Random random, int dimension) {
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    private static double score(Metric metric, float[] a, float[] b) {
        double product = 0;
        double squaredA = 0;
        double squaredB = 0;
        double distance = 0;
        double differences = 0;
        for (int i = 0; i < a.length; i++) {
            product += (double) a[i] * b[i];
            squaredA += (double) a[i] * a[i];
            squaredB += (double) b[i] * b[i];
            distance += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
            differences += Math.abs((double) a[i] - b[i]);
        }
        return switch (metric) {
            case INNER_PRODUCT -> product;
            case COSINE -> product / Math.sqrt(squaredA * squaredB);
            case EUCLIDEAN -> distance;
            case MANHATTAN -> differences;
        };
    }

    @Test
    void noMoreThanKAreReturnedAndTiesGoToTheLesserIds() {
        store().create(plain(2, Metric.INNER_PRODUCT));
        List<String> ids = new ArrayList<>(IntStream.range(0, 200)
                .mapToObj(i -> String.format("id%03d", (i * 37) % 200))
                .toList());
        List<Entity> entities = new ArrayList<>();
        ids.forEach(id -> entities.add(plainEntity(id, 1, 1)));
        entities.add(plainEntity("zzz", 2, 2));
        store().upsert(name, entities);
        List<String> expected = new ArrayList<>(List.of("zzz"));
        IntStream.range(0, 6).forEach(i -> expected.add(String.format("id%03d", i)));
        assertThat(found(SearchRequest.nearest(new float[] {1, 0}, 7))).containsExactlyElementsOf(expected);
        assertThat(found(SearchRequest.nearest(new float[] {1, 0}, 16384))).hasSize(201);
    }

    @Test
    void anEmptyCollectionFindsNothing() {
        store().create(rich());
        assertThat(found(SearchRequest.nearest(new float[] {1, 0}, 10))).isEmpty();
        assertThat(store().get(name, List.of("a"))).isEmpty();
        store().delete(name, List.of("a"));
        store().upsert(name, List.of());
        assertThat(store().count(name)).isZero();
    }

    @Test
    void comparisonsWorkOnEveryType() {
        fill();
        assertThat(compared("category", Filter.Operator.EQUAL, "film")).containsExactly("c", "d");
        assertThat(compared("category", Filter.Operator.NOT_EQUAL, "film")).containsExactly("a", "b");
        assertThat(compared("category", Filter.Operator.LESS, "film")).containsExactly("a", "b");
        assertThat(compared("category", Filter.Operator.GREATER_OR_EQUAL, "c")).containsExactly("c", "d");
        assertThat(compared("year", Filter.Operator.EQUAL, 1990L)).containsExactly("b", "c");
        assertThat(compared("year", Filter.Operator.NOT_EQUAL, 1990L)).containsExactly("a", "d");
        assertThat(compared("year", Filter.Operator.LESS, 1990L)).containsExactly("a");
        assertThat(compared("year", Filter.Operator.LESS_OR_EQUAL, 1990L)).containsExactly("a", "b", "c");
        assertThat(compared("year", Filter.Operator.GREATER, 1990L)).containsExactly("d");
        assertThat(compared("year", Filter.Operator.GREATER_OR_EQUAL, 1990L)).containsExactly("b", "c", "d");
        assertThat(compared("price", Filter.Operator.EQUAL, 0.1)).containsExactly("a");
        assertThat(compared("price", Filter.Operator.LESS, 0.0)).containsExactly("d");
        assertThat(compared("price", Filter.Operator.GREATER, 1e10)).containsExactly("c");
        assertThat(compared("price", Filter.Operator.LESS_OR_EQUAL, -1e-5)).containsExactly("d");
        assertThat(compared("in_stock", Filter.Operator.EQUAL, true)).containsExactly("a", "c");
        assertThat(compared("in_stock", Filter.Operator.NOT_EQUAL, true)).containsExactly("b", "d");
        assertThat(compared("in_stock", Filter.Operator.LESS, true)).containsExactly("b", "d");
        assertThat(compared("in_stock", Filter.Operator.LESS, false)).isEmpty();
        assertThat(compared("in_stock", Filter.Operator.GREATER_OR_EQUAL, false))
                .containsExactly("a", "b", "c", "d");
        assertThat(compared("id", Filter.Operator.GREATER, "b")).containsExactly("c", "d");
        assertThat(compared("id", Filter.Operator.NOT_EQUAL, "b")).containsExactly("a", "c", "d");
    }

    private void fill() {
        store().create(rich());
        store().upsert(
                        name,
                        List.of(
                                richEntity("a", "book", 1980, 0.1, true),
                                richEntity("b", "", 1990, 0, false),
                                richEntity("c", "film", 1990, 2.5e10, true),
                                richEntity("d", "film", 2000, -3.5, false)));
    }

    private List<String> compared(String field, Filter.Operator operator, Object value) {
        return found(new Filter.Compare(field, operator, value));
    }

    @Test
    void theEndsOfTheRangesCanBeCompared() {
        store().create(rich());
        store().upsert(
                        name,
                        List.of(
                                richEntity("least", "x", Long.MIN_VALUE, -Double.MAX_VALUE, true),
                                richEntity("most", "x", Long.MAX_VALUE, Double.MAX_VALUE, true),
                                richEntity("zero", "x", 0, -0.0, true),
                                richEntity("tiny", "x", 1, Double.MIN_VALUE, true)));
        assertThat(found(Filter.equal("year", Long.MIN_VALUE))).containsExactly("least");
        assertThat(found(Filter.equal("year", Long.MAX_VALUE))).containsExactly("most");
        assertThat(compared("year", Filter.Operator.GREATER, Long.MIN_VALUE)).containsExactly("most", "tiny", "zero");
        assertThat(found(new Filter.In("year", List.of(Long.MIN_VALUE, 1L)))).containsExactly("least", "tiny");
        assertThat(found(Filter.equal("price", -Double.MAX_VALUE))).containsExactly("least");
        assertThat(found(Filter.equal("price", 0.0))).containsExactly("zero");
        assertThat(found(new Filter.In("price", List.of(0.0)))).containsExactly("zero");
        assertThat(compared("price", Filter.Operator.GREATER, 0.0)).containsExactly("most", "tiny");
    }

    @Test
    void textsAreOrderedByCodePoint() {
        store().create(rich());
        String privateUse = "\uE000";
        store().upsert(
                        name,
                        List.of(
                                richEntity("a", "Z", 1, 1, true),
                                richEntity("b", "a", 1, 1, true),
                                richEntity("c", "é", 1, 1, true),
                                richEntity("d", privateUse, 1, 1, true),
                                richEntity("e", "😀", 1, 1, true)));
        assertThat(compared("category", Filter.Operator.LESS, "a")).containsExactly("a");
        assertThat(compared("category", Filter.Operator.GREATER, "é")).containsExactly("d", "e");
        assertThat(compared("category", Filter.Operator.GREATER, privateUse)).containsExactly("e");
    }

    @Test
    void membershipWorksOnEveryType() {
        fill();
        assertThat(found(new Filter.In("category", List.of("book", "", "none"))))
                .containsExactly("a", "b");
        assertThat(found(new Filter.In("year", List.of(1980L, 2000L)))).containsExactly("a", "d");
        assertThat(found(new Filter.In("price", List.of(0.1, -3.5, 7.0)))).containsExactly("a", "d");
        assertThat(found(new Filter.In("in_stock", List.of(false)))).containsExactly("b", "d");
        assertThat(found(new Filter.In("in_stock", List.of(false, true)))).containsExactly("a", "b", "c", "d");
        assertThat(found(new Filter.In("id", List.of("d", "b")))).containsExactly("b", "d");
        assertThat(found(new Filter.In("category", List.of()))).isEmpty();
        assertThat(found(new Filter.Not(new Filter.In("year", List.of())))).hasSize(4);
    }

    @Test
    void filtersAreCombined() {
        fill();
        Filter film = Filter.equal("category", "film");
        Filter old = new Filter.Compare("year", Filter.Operator.LESS, 1995L);
        Filter stocked = Filter.equal("in_stock", true);
        assertThat(found(new Filter.And(List.of(film, old)))).containsExactly("c");
        assertThat(found(new Filter.Or(List.of(film, stocked)))).containsExactly("a", "c", "d");
        assertThat(found(new Filter.Not(film))).containsExactly("a", "b");
        assertThat(found(new Filter.And(List.of()))).hasSize(4);
        assertThat(found(new Filter.Or(List.of()))).isEmpty();
        assertThat(found(new Filter.Not(new Filter.And(List.of())))).isEmpty();
        assertThat(found(new Filter.Not(new Filter.Or(List.of(
                        new Filter.And(List.of(film, new Filter.Not(old))),
                        new Filter.And(List.of(stocked, new Filter.Not(film)))))))) // neither d nor a
                .containsExactly("b", "c");
    }

    @Test
    void aFilterThatDoesNotFitTheSchemaIsRefused() {
        fill();
        for (Filter wrong : List.of(
                Filter.equal("colour", "red"),
                Filter.equal("vector", "1"),
                Filter.equal("year", "1990"),
                Filter.equal("year", 1990.0),
                Filter.equal("in_stock", "true"),
                new Filter.In("year", List.of(1990L, "x")),
                new Filter.Not(new Filter.And(List.of(Filter.equal("id", 1L)))))) {
            assertThatIllegalArgumentException().as("%s", wrong).isThrownBy(() -> found(wrong));
        }
    }

    @ParameterizedTest
    @MethodSource("whatIsNoOperand")
    void aFilterWithWhatNoFieldHoldsIsRefusedAtBirth(Object operand) {
        assertThatIllegalArgumentException().isThrownBy(() -> Filter.equal("price", operand));
        assertThatIllegalArgumentException().isThrownBy(() -> Path.of("price").isIn(List.of(1.0, operand)));
    }

    static List<Object> whatIsNoOperand() {
        return List.of(Double.NaN, Double.POSITIVE_INFINITY, "\uD800", 'c', List.of());
    }

    @Test
    void hundredsOfIdsCanBeExcludedBesideAFilter() {
        store().create(rich());
        List<Entity> entities = IntStream.range(0, 1000)
                .mapToObj(i -> richEntity(String.format("id%04d", i), i % 2 == 0 ? "even" : "odd", i, i, true))
                .toList();
        store().upsert(name, entities);
        Set<String> excluded = new HashSet<>(Set.of("not there"));
        IntStream.range(0, 800).forEach(i -> excluded.add(String.format("id%04d", i)));
        assertThat(found(new SearchRequest(
                        new float[] {1, 0}, 1000, Optional.of(Filter.equal("category", "odd")), excluded)))
                .hasSize(100)
                .startsWith("id0801", "id0803")
                .endsWith("id0999");
        assertThat(found(new SearchRequest(new float[] {1, 0}, 1000, Optional.empty(), excluded)))
                .hasSize(200);
    }

    @Test
    void awkwardIdsAreIdsAndNothingElse() {
        store().create(rich());
        List<Entity> entities = AWKWARD_IDS.stream()
                .map(id -> richEntity(id, id, id.length(), 1, true))
                .toList();
        store().upsert(name, entities);
        assertThat(store().count(name)).isEqualTo(AWKWARD_IDS.size());
        for (String id : AWKWARD_IDS) {
            assertThat(store().get(name, List.of(id)))
                    .as(id)
                    .extracting(Entity::id)
                    .containsExactly(id);
            assertThat(found(Filter.equal("category", id))).as(id).containsExactly(id);
            assertThat(found(new Filter.In("id", List.of(id)))).as(id).containsExactly(id);
            assertThat(found(new SearchRequest(new float[] {1, 0}, 100, Optional.empty(), Set.of(id))))
                    .as(id)
                    .hasSize(AWKWARD_IDS.size() - 1)
                    .doesNotContain(id);
        }
        List<String> half = AWKWARD_IDS.subList(0, AWKWARD_IDS.size() / 2);
        store().delete(name, half);
        assertThat(found(SearchRequest.nearest(new float[] {1, 0}, 100)))
                .containsExactlyElementsOf(AWKWARD_IDS.subList(half.size(), AWKWARD_IDS.size()).stream()
                        .sorted()
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\uD800", "x\uDC00y"})
    void anIdThatIsNoneIsRefused(String id) {
        store().create(plain(2, Metric.COSINE));
        assertThatIllegalArgumentException().isThrownBy(() -> store().upsert(name, List.of(plainEntity(id, 1, 0))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store().upsert(name, List.of(plainEntity("é".repeat(257), 1, 0))))
                .withMessageContaining("512 bytes");
    }

    @Test
    void aWrongEntityIsRefusedAndNothingOfItsCallIsStored() {
        store().create(rich());
        Entity good = richEntity("good", "x", 1, 1, true);
        Map<String, Object> fields = good.fields();
        List<Entity> wrong = List.of(
                new Entity("wrong", new float[] {1, 0, 0}, fields),
                new Entity("wrong", new float[] {1}, fields),
                new Entity("wrong", new float[] {1, Float.NaN}, fields),
                new Entity("wrong", new float[] {Float.NEGATIVE_INFINITY, 1}, fields),
                new Entity("wrong", new float[] {1, 0}, Map.of("category", "x", "year", 1L, "price", 1.0)),
                richEntity("wrong", "x", 1, Double.POSITIVE_INFINITY, true),
                richEntity("wrong", "é".repeat(513), 1, 1, true),
                richEntity("wrong", "\uDFFF", 1, 1, true),
                with(good, "year", 1),
                with(good, "category", 1L),
                with(good, "colour", "red"));
        for (Entity entity : wrong) {
            assertThatIllegalArgumentException()
                    .as("%s %s", Arrays.toString(entity.vector()), entity.fields())
                    .isThrownBy(() -> store().upsert(name, List.of(good, entity)))
                    .withMessageContaining("wrong");
        }
        assertThat(store().count(name)).isZero();
    }

    private static Entity with(Entity entity, String field, Object value) {
        Map<String, Object> fields = new HashMap<>(entity.fields());
        fields.put(field, value);
        return new Entity("wrong", entity.vector(), fields);
    }

    @Test
    void aQueryOfAnotherDimensionIsRefused() {
        store().create(plain(3, Metric.COSINE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store().search(name, SearchRequest.nearest(new float[] {1, 0}, 1)))
                .withMessageContaining("must have 3");
    }

    @Test
    void searchesBesideWritesSeeEachIdOnceAndWholeRows() throws Exception {
        store().create(plain(2, Metric.INNER_PRODUCT));
        List<Entity> first = IntStream.range(0, 200)
                .mapToObj(i -> plainEntity("id" + i, 1, 1))
                .toList();
        store().upsert(name, first);
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService executor = Executors.newFixedThreadPool(3);
        try {
            List<Future<?>> readers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                readers.add(executor.submit(() -> {
                    while (!done.get()) {
                        List<String> ids = found(SearchRequest.nearest(new float[] {1, 0}, 1000));
                        assertThat(ids).doesNotHaveDuplicates().hasSizeBetween(1, 200);
                        store().get(name, List.of("id0", "id1"))
                                .forEach(
                                        entity -> assertThat(entity.vector()[0]).isEqualTo(entity.vector()[1]));
                    }
                }));
            }
            Future<?> writer = executor.submit(() -> {
                for (int round = 2; round <= 12; round++) {
                    float value = round;
                    store().upsert(
                                    name,
                                    first.stream()
                                            .map(entity -> plainEntity(entity.id(), value, value))
                                            .toList());
                }
            });
            writer.get();
            done.set(true);
            for (Future<?> reader : readers) {
                reader.get();
            }
        } finally {
            done.set(true);
            executor.shutdownNow();
        }
        assertThat(store().count(name)).isEqualTo(200);
        assertThat(store().search(name, SearchRequest.nearest(new float[] {1, 0}, 1000)))
                .hasSize(200)
                .allMatch(hit -> hit.score() == 12);
    }

    @Test
    void anOpenStoreIsUp() {
        assertThat(store().health()).isEqualTo(new Health.Up());
    }

    @Test
    void aClosedStoreRefusesCallsAndIsDown() throws Exception {
        VectorStore other = open();
        other.close();
        other.close();
        assertThat(other.health()).isInstanceOf(Health.Down.class);
        assertThatThrownBy(() -> other.create(plain(2, Metric.COSINE))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> other.describe(name)).isInstanceOf(IllegalStateException.class);
    }
}
