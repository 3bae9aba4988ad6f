package dev.milvuso.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@link Indexes} promises. Reads must see what was written before them. */
public abstract class IndexContract extends StoreFixture {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int ROWS = 1500;
    private static final int DIMENSION = 8;

    protected IndexContract() {
        super("indexes");
    }

    private Indexes filled() {
        store().create(new CollectionSchema(
                name,
                DIMENSION,
                Metric.COSINE,
                List.of(new Field("title", Field.Type.TEXT), new Field("year", Field.Type.INTEGER))));
        Random random = new Random(7);
        store().upsert(
                        name,
                        IntStream.range(0, ROWS)
                                .mapToObj(i -> new Entity(
                                        "id" + i, vector(random), Map.of("title", "t" + i % 7, "year", (long) i)))
                                .toList());
        return store().indexes(name);
    }

    private static float[] vector(Random random) {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    /** Nearly every row is among the nearest of its own vector, by any index worth the name. */
    private void assertSearchable() {
        Random random = new Random(7);
        int found = 0;
        for (int i = 0; i < 20; i++) {
            Id own = Id.of("id" + i);
            List<Hit> hits = store().search(name, SearchRequest.nearest(vector(random), 10));
            assertThat(hits).hasSize(10);
            found += hits.stream().anyMatch(hit -> hit.key().equals(own)) ? 1 : 0;
        }
        assertThat(found).isGreaterThanOrEqualTo(18);
    }

    static List<IndexSpec> ofDenseVectors() {
        return List.of(
                new IndexSpec.Flat(),
                new IndexSpec.IvfFlat(16),
                new IndexSpec.IvfSq8(16),
                new IndexSpec.IvfPq(16, 4, 8),
                new IndexSpec.Hnsw(8, 64),
                new IndexSpec.ScaNN(16));
    }

    @ParameterizedTest
    @MethodSource("ofDenseVectors")
    void anIndexOfADenseVectorIsBuiltInPlaceOfTheFirstAndDescribed(IndexSpec spec) {
        Indexes indexes = filled();
        indexes.replace(CollectionSchema.VECTOR, spec);
        IndexDescription ready = indexes.await(CollectionSchema.VECTOR, PATIENCE);
        assertThat(ready.spec()).isEqualTo(spec);
        assertThat(ready.metric()).contains("COSINE");
        assertThat(ready.state()).isEqualTo(IndexDescription.State.READY);
        assertThat(ready.rowsPending()).isZero();
        assertThat(indexes.list())
                .containsExactly(indexes.describe(CollectionSchema.VECTOR).orElseThrow());
        assertSearchable();
    }

    @Test
    void aNewCollectionHasAnIndexOfEachVector() {
        Indexes indexes = filled();
        assertThat(indexes.list())
                .extracting(IndexDescription::field, IndexDescription::spec)
                .containsExactly(tuple(CollectionSchema.VECTOR, new IndexSpec.AutoIndex()));
    }

    @Test
    void theSameIndexOnceMoreIsNothingAndAnotherIsRefused() {
        Indexes indexes = filled();
        indexes.replace(CollectionSchema.VECTOR, new IndexSpec.Hnsw(8, 64));
        indexes.create(CollectionSchema.VECTOR, new IndexSpec.Hnsw(8, 64));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> indexes.create(CollectionSchema.VECTOR, new IndexSpec.Flat()))
                .withMessageContaining("field vector has an index")
                .withMessageContaining("drop it first");
    }

    @Test
    void withoutTheIndexOfItsVectorACollectionIsNotLoaded() {
        Indexes indexes = filled();
        indexes.drop(CollectionSchema.VECTOR);
        indexes.drop(CollectionSchema.VECTOR);
        assertThat(indexes.describe(CollectionSchema.VECTOR)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store().search(name, SearchRequest.nearest(vector(new Random(1)), 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> store().load(name));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> indexes.rebuild(CollectionSchema.VECTOR))
                .withMessage("field vector has no index to rebuild");
        indexes.create(CollectionSchema.VECTOR, new IndexSpec.IvfFlat(16));
        indexes.await(CollectionSchema.VECTOR, PATIENCE);
        store().load(name);
        assertSearchable();
        assertThat(store().count(name)).isEqualTo(ROWS);
    }

    @Test
    void aRebuiltIndexIsAsItWas() {
        Indexes indexes = filled();
        indexes.replace(CollectionSchema.VECTOR, new IndexSpec.IvfFlat(16));
        indexes.rebuild(CollectionSchema.VECTOR);
        assertThat(indexes.await(CollectionSchema.VECTOR, PATIENCE).spec()).isEqualTo(new IndexSpec.IvfFlat(16));
        assertSearchable();
    }

    @Test
    void aScalarIndexComesAndGoesWhileTheCollectionIsLoaded() {
        Indexes indexes = filled();
        indexes.create("title", new IndexSpec.Trie());
        indexes.create("year", new IndexSpec.Sorted());
        assertThat(indexes.await("title", PATIENCE).spec()).isEqualTo(new IndexSpec.Trie());
        assertThat(indexes.await("year", PATIENCE).metric()).isEmpty();
        assertThat(indexes.list()).extracting(IndexDescription::field).containsExactly("title", "vector", "year");
        assertThat(store().count(name, Path.of("title").is("t3"))).isEqualTo(214);
        indexes.drop("title");
        assertThat(indexes.describe("title")).isEmpty();
        assertThat(store().count(name, Path.of("title").is("t3"))).isEqualTo(214);
    }

    @Test
    void whatAFieldCannotHaveIsRefused() {
        Indexes indexes = filled();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> indexes.replace(CollectionSchema.VECTOR, new IndexSpec.IvfPq(16, 3, 8)))
                .withMessage("index parameter m is 3: must divide the dimension 8 of field vector");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> indexes.create("year", new IndexSpec.Trie()))
                .withMessageContaining("field year cannot have an index TRIE");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> indexes.create("title", new IndexSpec.Flat()))
                .withMessageContaining("it is no vector");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> indexes.describe("nothing"))
                .withMessageContaining("has no field nothing");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store().indexes("nowhere_" + name).list())
                .withMessage("there is no collection nowhere_" + name);
    }

    @Test
    void aSearchParameterOfAnotherIndexIsRefused() {
        Indexes indexes = filled();
        indexes.replace(CollectionSchema.VECTOR, new IndexSpec.Hnsw(8, 64));
        indexes.await(CollectionSchema.VECTOR, PATIENCE);
        SearchRequest request = SearchRequest.of(Vector.of(vector(new Random(1))))
                .k(2)
                .parameters(SearchParameters.NONE.withEf(32))
                .build();
        assertThat(store().search(name, request)).hasSize(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store().search(
                                name,
                                SearchRequest.of(Vector.of(vector(new Random(1))))
                                        .parameters(SearchParameters.NONE.withProbes(4))
                                        .build()))
                .withMessage("the index of field vector is HNSW, which takes no search parameter probes: it takes ef");
    }

    @Test
    void anAliasHasTheIndexesOfItsCollection() {
        Indexes indexes = filled();
        String alias = name + "_alias";
        store().createAlias(alias, name);
        try {
            assertThat(store().indexes(alias).list()).isEqualTo(indexes.list());
            assertThat(store().indexes(alias).describe("title")).isEqualTo(Optional.empty());
        } finally {
            store().dropAlias(alias);
        }
    }
}
