package dev.milvuso.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@link VectorStore} promises of hybrid searches and of searches by pages. */
public abstract class MergedSearchContract extends StoreFixture {
    private static final int ROWS = 80;

    private final Random random = new Random(11);

    protected MergedSearchContract() {
        super("merged");
    }

    /** Small whole numbers make many equal scores, which come out the same wherever they are computed. */
    private Vector lattice(int dimension) {
        float[] numbers = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            numbers[i] = random.nextInt(5) - 2;
        }
        return Vector.of(numbers);
    }

    private Vector direction() {
        return Vector.of(random.nextFloat() - 0.5f, random.nextFloat() - 0.5f, random.nextFloat() - 0.5f);
    }

    private Vector words() {
        int[] indices = random.ints(0, 40).distinct().limit(6).sorted().toArray();
        float[] numbers = new float[indices.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = 1 + random.nextInt(3);
        }
        return new Vector.Sparse(indices, numbers);
    }

    private Vector random(VectorField field) {
        return switch (field.name()) {
            case "meaning" -> direction();
            case "words" -> words();
            default -> lattice(4);
        };
    }

    private CollectionSchema schema() {
        CollectionSchema.Builder schema = CollectionSchema.named(name)
                .key(KeyField.INTEGER)
                .vector("place", 4, Metric.EUCLIDEAN)
                .field("year", Field.Type.INTEGER);
        if (can(Feature.SEVERAL_VECTORS)) {
            schema.vector("meaning", 3, Metric.COSINE).vector("taste", 4, Metric.INNER_PRODUCT);
        }
        if (can(Feature.SEVERAL_VECTORS) && can(Feature.SPARSE_VECTORS)) {
            schema.vector("words", new VectorField.Type.Sparse());
        }
        return schema.build();
    }

    private List<Entity> make(CollectionSchema schema) {
        List<Entity> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            Entity row = Entity.of(Id.of(i)).with("year", (Object) (long) (i % 7));
            for (VectorField field : schema.vectors()) {
                row = row.with(field.name(), random(field));
            }
            rows.add(row);
        }
        store().create(schema);
        store().insert(name, rows);
        return rows;
    }

    @Test
    void listsAreMergedAsTheFormulasSay() {
        CollectionSchema schema = schema();
        List<Entity> rows = make(schema);
        for (int round = 0; round < 25; round++) {
            HybridSearchRequest request = randomRequest(schema);
            List<Hit> hits = store().hybridSearch(name, request);
            Map<Id, Double> expected = expected(schema, rows, request);
            List<Double> best = expected.values().stream()
                    .sorted(Comparator.reverseOrder())
                    .skip(request.offset())
                    .limit(request.k())
                    .toList();
            assertThat(hits).as("%s", request).hasSameSizeAs(best);
            for (int i = 0; i < best.size(); i++) {
                Hit hit = hits.get(i);
                double own = Objects.requireNonNull(expected.get(hit.key()), "found, but should not be");
                assertThat((double) hit.score()).as("%s", request).isCloseTo(own, within(1e-5));
                assertThat((double) hit.score()).as("%s", request).isCloseTo(best.get(i), within(1e-5));
            }
            assertThat(hits)
                    .isSortedAccordingTo(
                            Comparator.comparing(Hit::score).reversed().thenComparing(Hit::key));
        }
    }

    private HybridSearchRequest randomRequest(CollectionSchema schema) {
        int searches = 1 + random.nextInt(4);
        SearchRequest[] all = new SearchRequest[searches];
        for (int i = 0; i < searches; i++) {
            VectorField field =
                    schema.vectors().get(random.nextInt(schema.vectors().size()));
            SearchRequest.Builder search =
                    SearchRequest.of(random(field)).in(field.name()).k(1 + random.nextInt(40));
            if (random.nextBoolean()) {
                search.filter(Path.of("year").isNot(random.nextInt(7)));
            }
            all[i] = search.build();
        }
        Ranking ranking = random.nextBoolean()
                ? new Ranking.ReciprocalRank(1 + random.nextInt(80))
                : new Ranking.Weighted(
                        Stream.generate(random::nextFloat).limit(searches).toList());
        return HybridSearchRequest.of(all).ranking(ranking).page(random.nextInt(4), 1 + random.nextInt(30));
    }

    /** Every row's merged score, from the definitions alone. */
    private static Map<Id, Double> expected(CollectionSchema schema, List<Entity> rows, HybridSearchRequest request) {
        Map<Id, Double> scores = new HashMap<>();
        for (int i = 0; i < request.searches().size(); i++) {
            SearchRequest search = request.searches().get(i);
            VectorField field = schema.vector(search.vectorField());
            int sign = field.type().smallerIsNearer() ? 1 : -1;
            Optional<Long> notOf =
                    search.filter().map(filter -> (Long) Objects.requireNonNull(((Filter.Compare) filter).value()));
            List<Entity> found = rows.stream()
                    .filter(row ->
                            notOf.isEmpty() || !notOf.get().equals(row.fields().get("year")))
                    .sorted(Comparator.<Entity>comparingDouble(row -> sign * score(field, search, row))
                            .thenComparing(row -> row.key().orElseThrow()))
                    // A sparse vector that shares no index with the query is not found.
                    .filter(row -> !(field.type() instanceof VectorField.Type.Sparse) || score(field, search, row) != 0)
                    .limit(search.k())
                    .toList();
            for (int rank = 1; rank <= found.size(); rank++) {
                double score = score(field, search, found.get(rank - 1));
                double more = request.ranking() instanceof Ranking.Weighted weighted
                        ? weighted.weights().get(i) * normalised(field, score)
                        : 1 / (((Ranking.ReciprocalRank) request.ranking()).constant() + rank);
                scores.merge(found.get(rank - 1).key().orElseThrow(), more, Double::sum);
            }
        }
        return scores;
    }

    private static double normalised(VectorField field, double score) {
        return switch (field.name()) {
            case "place" -> 1 - 2 * Math.atan(score) / Math.PI;
            case "meaning" -> (1 + score) / 2;
            default -> 0.5 + Math.atan(score) / Math.PI;
        };
    }

    private static double score(VectorField field, SearchRequest search, Entity row) {
        Map<Integer, Float> query = numbers(search.queries().get(0));
        Map<Integer, Float> vector =
                numbers(Objects.requireNonNull(row.vectors().get(field.name())));
        if (field.name().equals("place")) {
            return query.keySet().stream()
                    .mapToDouble(i -> Math.pow(query.getOrDefault(i, 0f) - vector.getOrDefault(i, 0f), 2))
                    .sum();
        }
        double product = product(query, vector);
        return field.name().equals("meaning")
                ? product / Math.sqrt(product(query, query) * product(vector, vector))
                : product;
    }

    private static double product(Map<Integer, Float> a, Map<Integer, Float> b) {
        return a.keySet().stream()
                .mapToDouble(i -> (double) a.getOrDefault(i, 0f) * b.getOrDefault(i, 0f))
                .sum();
    }

    private static Map<Integer, Float> numbers(Vector vector) {
        Map<Integer, Float> numbers = new HashMap<>();
        if (vector instanceof Vector.Sparse sparse) {
            IntStream.range(0, sparse.indices().length)
                    .forEach(i -> numbers.put(sparse.indices()[i], sparse.numbers()[i]));
        } else {
            float[] dense = ((Vector.Dense) vector).numbers();
            IntStream.range(0, dense.length).forEach(i -> numbers.put(i, dense[i]));
        }
        return numbers;
    }

    @Test
    void whatIsWantedOfAMergedHitIsGiven() {
        List<Entity> rows = make(schema());
        SearchRequest search =
                SearchRequest.of(lattice(4)).in("place").k(5).output(Output.ALL).build();
        List<Hit> hits = store().hybridSearch(
                        name, HybridSearchRequest.of(search, search).output(Output.of("year")));
        assertThat(hits).hasSize(5);
        for (Hit hit : hits) {
            Entity row = rows.get(Integer.parseInt(hit.id()));
            assertThat(hit.entity())
                    .contains(Entity.of(hit.key())
                            .with("year", Objects.requireNonNull(row.fields().get("year"))));
        }
        assertThat(store().hybridSearch(name, HybridSearchRequest.of(search))
                        .get(0)
                        .entity())
                .isEmpty();
    }

    @Test
    void aHybridSearchThatCannotBeIsRefused() {
        make(schema());
        SearchRequest search = SearchRequest.of(lattice(4)).in("place").build();
        assertThatIllegalArgumentException().isThrownBy(HybridSearchRequest::of);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HybridSearchRequest.of(search, search).ranking(Ranking.weighted(1f)));
        assertThatIllegalArgumentException().isThrownBy(() -> Ranking.weighted(1.5f));
        assertThatIllegalArgumentException().isThrownBy(() -> new Ranking.ReciprocalRank(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HybridSearchRequest.of(
                        SearchRequest.of(lattice(4)).in("place").offset(1).build()));
        SearchRequest nowhere = SearchRequest.of(lattice(4)).in("none").build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store().hybridSearch(name, HybridSearchRequest.of(nowhere)))
                .withMessageContaining("none");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store().hybridSearch(
                                name + "_not", HybridSearchRequest.of(search).ranking(Ranking.weighted(1f))));
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void aSearchByPagesGivesEachHitOnceBestFirst(Metric metric) {
        CollectionSchema schema = CollectionSchema.named(name)
                .key(KeyField.INTEGER)
                .vector("vector", 3, metric)
                .field("year", Field.Type.INTEGER)
                .build();
        if (metric == Metric.MANHATTAN && !can(Feature.MANHATTAN)) {
            assertThatThrownBy(() -> store().create(schema))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining(Feature.MANHATTAN.what());
            assertThat(store().describe(name)).isEmpty();
            return;
        }
        store().create(schema);
        List<Entity> rows = IntStream.range(0, 300)
                .mapToObj(i -> Entity.of(Id.of(i))
                        .with("vector", Vector.of(i % 5 + 1, i % 3, i % 7))
                        .with("year", (Object) (long) (i % 2)))
                .toList();
        store().insert(name, rows);
        SearchRequest.Builder request = SearchRequest.of(Vector.of(1, 2, 3));
        if (metric == Metric.MANHATTAN && !can(Feature.MANHATTAN_PAGES)) {
            assertThatThrownBy(() -> pages(request.build(), 7))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining(Feature.MANHATTAN_PAGES.what());
            return;
        }
        List<Hit> all = store().search(name, request.k(300).build());
        for (int page : new int[] {7, 64, 300, 1000}) {
            List<Hit> seen = pages(request.build(), page);
            assertThat(seen.stream().map(Hit::id)).hasSize(300).doesNotHaveDuplicates();
            for (int i = 0; i < 300; i++) {
                assertThat(seen.get(i).score()).isCloseTo(all.get(i).score(), within(1e-4f));
            }
            if (metric != Metric.COSINE) {
                assertThat(seen.stream().map(Hit::id))
                        .isEqualTo(all.stream().map(Hit::id).toList());
            }
        }
        List<Hit> odd = pages(
                request.filter(Path.of("year").is(1)).output(Output.of("year")).build(), 40);
        assertThat(odd).hasSize(150).allSatisfy(hit -> assertThat(hit.fields()).containsEntry("year", 1L));
    }

    private List<Hit> pages(SearchRequest request, int page) {
        List<Hit> seen = new ArrayList<>();
        Iterator<List<Hit>> pages = store().iterateSearch(name, request, page);
        while (pages.hasNext()) {
            List<Hit> hits = pages.next();
            assertThat(hits).hasSizeBetween(1, page);
            seen.addAll(hits);
        }
        return seen;
    }

    /** Whether a search within a range finds however many there are. */
    protected boolean hasDeepRanges() {
        return true;
    }

    @Test
    void aSearchByPagesGoesBeyondWhatMayBeLeftOut() {
        assumeTrue(hasDeepRanges(), "a search within a range looks at 16,384 rows");
        int same = SearchRequest.MOST + 4000;
        store().create(CollectionSchema.named(name)
                .vector("vector", 2, Metric.EUCLIDEAN)
                .build());
        store().indexes(name).replace("vector", new IndexSpec.Flat());
        List<Entity> rows = new ArrayList<>();
        for (int i = 0; i < same; i++) {
            // Texts whose order by characters is not that by code points are among them.
            rows.add(Entity.of(Id.of((i % 2 == 0 ? "\uE000" : "\uD83D\uDE00") + i))
                    .with("vector", Vector.of(3, 0)));
        }
        for (int i = 0; i < 50; i++) {
            rows.add(Entity.of(Id.of("near" + i)).with("vector", Vector.of(1, 0)));
            rows.add(Entity.of(Id.of("far" + i)).with("vector", Vector.of(5, 0)));
        }
        store().upsert(name, rows);
        List<Hit> seen = pages(SearchRequest.of(Vector.of(0, 0)).build(), 5000);
        assertThat(seen).hasSize(same + 100);
        assertThat(seen.stream().map(Hit::id)).doesNotHaveDuplicates();
        Comparator<Hit> order = Comparator.comparing(Hit::score);
        assertThat(seen).isSortedAccordingTo(can(Feature.ORDERED_TIES) ? order.thenComparing(Hit::key) : order);
    }

    @Test
    void aSearchByPagesKeepsToItsRange() {
        store().create(CollectionSchema.named(name)
                .key(KeyField.INTEGER)
                .vector("vector", 2, Metric.EUCLIDEAN)
                .build());
        store().insert(
                        name,
                        IntStream.range(0, 50)
                                .mapToObj(i -> Entity.of(Id.of(i)).with("vector", Vector.of(i, 0)))
                                .toList());
        SearchRequest request = SearchRequest.of(Vector.of(0, 0)).range(400, 25).build();
        assertThat(pages(request, 4).stream().map(Hit::id))
                .isEqualTo(IntStream.range(5, 20).mapToObj(String::valueOf).toList());
        SearchRequest none =
                SearchRequest.of(Vector.of(0, 0)).range(0.5f, 0.25f).build();
        assertThat(store().iterateSearch(name, none, 5).hasNext()).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store().iterateSearch(
                                name,
                                SearchRequest.of(Vector.of(0, 0), Vector.of(1, 0))
                                        .build(),
                                5));
    }
}
