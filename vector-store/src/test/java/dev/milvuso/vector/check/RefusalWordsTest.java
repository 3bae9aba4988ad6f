package dev.milvuso.vector.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Feature;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.IndexSpec;
import dev.milvuso.vector.KeyField;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.SearchParameters;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorField;
import dev.milvuso.vector.filter.FilterMismatch;
import dev.milvuso.vector.filter.FilterParser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What people read when they are refused: no Java, and the place of the fault. */
class RefusalWordsTest {
    private static final CollectionSchema SCHEMA = CollectionSchema.named("films")
            .key(KeyField.INTEGER)
            .vector("taste", 2, Metric.COSINE)
            .vector("spot", 2, Metric.EUCLIDEAN)
            .field("year", new Field.Type.Int(32))
            .field("tags", new Field.Type.Array(new Field.Type.Text(1024), 5))
            .build();

    private static Entity film(long key) {
        return Entity.of(Id.of(key))
                .with("taste", Vector.of(1, 0))
                .with("spot", Vector.of(1, 0))
                .with("year", (Object) 1990L)
                .with("tags", (Object) List.of());
    }

    @Test
    void whatSchemasHaveOtherwiseIsSaidInTheNamesOfTheirTypes() {
        CollectionSchema other = CollectionSchema.named("films")
                .key(KeyField.TEXT)
                .vector("taste", 3, Metric.MANHATTAN)
                .vector("spot", new VectorField.Type.Sparse())
                .field(new Field("year", Field.Type.REAL).orNull().orElse(0.5))
                .field("tags", Field.Type.JSON)
                .partitionKey("kind")
                .field("kind", Field.Type.TEXT)
                .build();
        assertThat(SCHEMA.differences(other))
                .containsExactly(
                        "key is id, int64, asked for: id, text of up to 512 bytes",
                        "vector field taste is float32 of dimension 2, cosine, asked for: float32 of dimension 3, manhattan",
                        "vector field spot is float32 of dimension 2, euclidean, asked for: sparse",
                        "field year is int32, asked for: float64, nullable, default 0.5",
                        "field tags is array of up to 5 of text of up to 1024 bytes, asked for: json",
                        "field kind is missing",
                        "partition key is none, asked for: kind");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KeyField("id", new Field.Type.Int(32), false))
                .withMessageContaining("key id is of type int32");
    }

    @Test
    void anotherIndexIsNamedByItsTypeAndParameters() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IndexCheck.same("taste", new IndexSpec.AutoIndex(), IndexSpec.of("HNSW", Map.of())))
                .withMessage("field taste has an index AUTOINDEX and not HNSW M=16 efConstruction=200: "
                        + "drop it first, or replace it");
        assertThat(Feature.RENAME.missing("a tenant")).hasMessage("a tenant does not offer renaming collections");
        assertThat(VectorField.Type.floats(2, Metric.MANHATTAN).metricName()).isEqualTo("MANHATTAN");
    }

    @Test
    void anEntityThatDoesNotFitIsNamedWithItsField() {
        EntityCheck check = new EntityCheck(SCHEMA);
        Entity lacking = Entity.of(Id.of(2)).with("taste", Vector.of(1, 0)).with("spot", Vector.of(1, 0));
        assertPlaced(check, List.of(film(1), lacking), "year");
        assertPlaced(check, List.of(film(1), film(2).with("taste", Vector.of(0, 0))), "taste");
        assertPlaced(check, List.of(film(1), film(2).with("year", "x")), "year");
        assertPlaced(check, List.of(film(1), Entity.withoutKey()), "id");
        assertPlaced(check, List.of(film(1), film(2).with("more", "x")), "more");
    }

    private static void assertPlaced(EntityCheck check, List<Entity> entities, String field) {
        assertThatExceptionOfType(EntityMismatch.class)
                .isThrownBy(() -> check.upserted(entities))
                .satisfies(mismatch -> {
                    assertThat(mismatch.entity()).isEqualTo(1);
                    assertThat(mismatch.field()).isEqualTo(field);
                });
    }

    @Test
    void aFilterThatDoesNotFitIsToldFromAnythingElseThatDoesNot() {
        RequestCheck check = new RequestCheck(SCHEMA);
        assertThatExceptionOfType(FilterMismatch.class)
                .isThrownBy(() -> check.filter(FilterParser.parse("year == \"x\"")))
                .withMessage("filter: year is compared with 'x': must be a whole number");
        assertThatExceptionOfType(FilterMismatch.class)
                .isThrownBy(() -> check.filter(FilterParser.parse("colour == 1")))
                .withMessage("filter: collection films has no field colour");
    }

    @Test
    void aRangeTheWrongWayRoundAndTooFewCandidatesAreRefused() {
        RequestCheck check = new RequestCheck(SCHEMA);
        SearchRequest.Builder byDistance =
                SearchRequest.of(Vector.of(1, 0)).in("spot").range(1, 3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.search(byDistance.build()))
                .withMessageContaining(
                        "no score lies between radius 1.0 and range_filter 3.0: where smaller is nearer");
        assertThat(check.search(byDistance.range(3, 1).build()).name()).isEqualTo("spot");
        SearchRequest.Builder byLikeness =
                SearchRequest.of(Vector.of(1, 0)).in("taste").range(0.9f, 0.5f);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.search(byLikeness.build()))
                .withMessageContaining("where larger is nearer the radius must be below range_filter");
        assertThat(check.search(byLikeness.range(0.5f, 0.9f).build()).name()).isEqualTo("taste");
        SearchRequest.Builder hasty =
                SearchRequest.of(Vector.of(1, 0)).in("taste").k(3).parameters(SearchParameters.NONE.withEf(2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.search(hasty.build()))
                .withMessage("search parameter ef is 2: must be at least k, which is 3");
    }
}
