package dev.milvuso.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.vector.tenant.Tenancy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What stores say of how they search. */
public abstract class ExplanationContract extends StoreFixture {
    private static final int ROWS = 40;

    protected ExplanationContract() {
        super("explained");
    }

    /** What the plan of a search names, such as the index. */
    protected abstract String plan();

    private void fill(VectorStore store, Metric metric) {
        store.create(new CollectionSchema(name, 2, metric, List.of(new Field("year", Field.Type.INTEGER))));
        store.upsert(
                name,
                IntStream.range(0, ROWS).mapToObj(ExplanationContract::row).toList());
    }

    private static Entity row(int i) {
        return new Entity("id" + i, new float[] {i, 1}, Map.of("year", (long) i));
    }

    private static SearchRequest request() {
        return SearchRequest.of(Vector.of(0, 1))
                .k(3)
                .filter(Path.of("year").atLeast(10))
                .build();
    }

    private static void assertIsOf(SearchRequest request, VectorStore store, Explanation how, String collection) {
        assertThat(how.rows()).isEqualTo(ROWS);
        assertThat(how.candidates()).isEqualTo(30);
        assertThat(how.selectivity()).isEqualTo(0.75);
        assertThat(how.vectorField()).isEqualTo("vector");
        assertThat(how.fromCache()).isFalse();
        assertThat(how.stages().keySet()).containsExactly("describe", "count", "filter", "search");
        assertThat(how.hits()).isEqualTo(store.searchAll(collection, request));
        assertThat(how.hits().get(0)).extracting(Hit::id).containsExactly("id10", "id11", "id12");
    }

    private void assertHasPlan(Explanation how) {
        SearchProfile engine = how.engine().orElseThrow();
        assertThat(engine.why()).contains(plan());
        assertThat(engine.candidates()).isBetween(3L, (long) ROWS);
        assertThat(engine.stages()).isNotEmpty();
        assertThat(engine.stages().values()).allMatch(time -> !time.isNegative());
        assertThat(engine.stages().values()).anyMatch(time -> time.compareTo(Duration.ZERO) > 0);
    }

    @Test
    void anExplanationHasThePlanTheHitsAndTheTimes() {
        fill(store(), Metric.EUCLIDEAN);
        Explanation how = store().explain(name, request());
        assertThat(how.collection()).isEqualTo(name);
        assertIsOf(request(), store(), how, name);
        assertHasPlan(how);
    }

    @Test
    void whetherEveryRowWasScoredIsSaid() {
        fill(store(), Metric.EUCLIDEAN);
        store().indexes(name).replace("vector", new IndexSpec.Flat());
        store().load(name);
        assertThat(store().explain(name, request()).engine().orElseThrow().exact())
                .isTrue();
    }

    @Test
    void severalQueriesAreExplainedTogether() {
        fill(store(), Metric.EUCLIDEAN);
        SearchRequest two = SearchRequest.of(Vector.of(0, 1), Vector.of(39, 1))
                .k(3)
                .filter(Path.of("year").atLeast(10))
                .build();
        Explanation how = store().explain(name, two);
        assertThat(how.hits()).isEqualTo(store().searchAll(name, two));
        assertThat(how.engine().orElseThrow().candidates()).isBetween(6L, 2L * ROWS);
    }

    @Test
    void aSearchByTheManhattanDistanceSaysHow() {
        if (!can(Feature.MANHATTAN)) {
            return;
        }
        fill(store(), Metric.MANHATTAN);
        Explanation how = store().explain(name, request());
        assertIsOf(request(), store(), how, name);
        assertHasPlan(how);
    }

    @Test
    void aHybridSearchIsExplainedSearchBySearch() {
        fill(store(), Metric.EUCLIDEAN);
        HybridSearchRequest request = HybridSearchRequest.of(
                        request(), SearchRequest.of(Vector.of(39, 1)).k(2).build())
                .output(Output.of("year"));
        HybridExplanation how = store().explain(name, request);
        assertThat(how.hits()).isEqualTo(store().hybridSearch(name, request)).hasSize(5);
        assertThat(how.stages().keySet()).containsExactly("merge", "rows");
        assertThat(how.searches()).hasSize(2).allSatisfy(this::assertHasPlan);
        assertThat(how.searches().get(0).candidates()).isEqualTo(30);
        assertThat(how.searches().get(1).candidates()).isEqualTo(ROWS);
    }

    @ParameterizedTest
    @EnumSource(
            value = Tenancy.class,
            names = {"COLLECTION", "FIELD"})
    void aTenantsSearchIsExplainedOverItsOwnRows(Tenancy way) {
        try (VectorStore mine = way.view(store(), name + "_me");
                VectorStore theirs = way.view(store(), name + "_they")) {
            fill(mine, Metric.EUCLIDEAN);
            fill(theirs, Metric.EUCLIDEAN);
            Explanation how = mine.explain(name, request());
            assertIsOf(request(), mine, how, name);
            assertHasPlan(how);
        } finally {
            way.drop(store(), name + "_me");
            way.drop(store(), name + "_they");
        }
    }
}
