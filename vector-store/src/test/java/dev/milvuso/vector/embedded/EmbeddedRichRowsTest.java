package dev.milvuso.vector.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.milvuso.vector.BinaryMetric;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.KeyField;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.Path;
import dev.milvuso.vector.QueryRequest;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorField;
import dev.milvuso.vector.VectorStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What no server of the tests has, and that the journal carries it. */
final class EmbeddedRichRowsTest {
    private static final CollectionSchema EVERYTHING = CollectionSchema.named("everything")
            .key(KeyField.INTEGER)
            .vector("dense", 2, Metric.COSINE)
            .vector("half", new VectorField.Type.Dense(2, VectorField.Precision.FLOAT16, Metric.EUCLIDEAN))
            .vector("brain", new VectorField.Type.Dense(2, VectorField.Precision.BFLOAT16, Metric.INNER_PRODUCT))
            .vector("bits", new VectorField.Type.Binary(8, BinaryMetric.JACCARD))
            .vector("sparse", new VectorField.Type.Sparse())
            .field(new Field("maybe", Field.Type.INTEGER).orNull())
            .field(new Field("usual", Field.Type.TEXT).orElse("usually"))
            .field("json", Field.Type.JSON)
            .field("singles", new Field.Type.Array(new Field.Type.Real(32), 3))
            .dynamic()
            .timeToLive(Duration.ofDays(1))
            .build();

    @TempDir
    java.nio.file.Path folder;

    private static Entity row(long id) {
        Map<String, @Nullable Object> json = new HashMap<>();
        json.put("list", Arrays.asList(1L, 2.0, "x", null, Map.of("deep", true)));
        json.put("nothing", null);
        json.put("long", "y".repeat(70_000));
        return Entity.of(Id.of(id))
                .with("dense", Vector.of(1, (float) id))
                .with("half", Vector.of(0.1f, (float) id))
                .with("brain", Vector.of(0.1f, (float) id))
                .with("bits", new Vector.Binary(new byte[] {(byte) id}))
                .with("sparse", new Vector.Sparse(new int[] {1, 70_000}, new float[] {(float) id, 0.5f}))
                .withAll(Map.of("json", json, "singles", List.of(0.1f), "free", List.of(1L)));
    }

    @Test
    void everythingIsThereAfterReopening() {
        List<Entity> before = new ArrayList<>();
        try (EmbeddedVectorStore store = EmbeddedVectorStore.in(folder)) {
            store.create(EVERYTHING);
            store.create(EVERYTHING.renamed("other"));
            store.createAlias("alias", "everything");
            store.createPartition("alias", "mine");
            store.insert("everything", List.of(row(1), row(2).with("maybe", (Object) 7L), row(3)));
            store.insert("everything", Optional.of("mine"), List.of(row(4).with("usual", "rarely")));
            store.deleteWhere("everything", Path.of("id").is(3));
            store.rename("everything", "all");
            store.insert("other", List.of(row(1)));
            store.truncate("other");
            before.addAll(store.query("alias", QueryRequest.everything()));
        }
        assertThat(before).hasSize(3);
        for (int reopened = 0; reopened < 2; reopened++) {
            try (EmbeddedVectorStore store = EmbeddedVectorStore.in(folder)) {
                assertThat(store.list()).containsExactly("all", "other");
                assertThat(store.describe("alias")).contains(EVERYTHING.renamed("all"));
                assertThat(store.query("all", QueryRequest.everything())).isEqualTo(before);
                assertThat(store.query("all", QueryRequest.everything().in(Set.of("mine"))))
                        .extracting(Entity::id)
                        .containsExactly("4");
                assertThat(store.count("other")).isZero();
            }
        }
    }

    @Test
    void defaultsAreFilledInAndNullsStayAway() {
        VectorStore store = filled();
        assertThat(store.get("everything", List.of(Id.of(1)), Output.of("maybe", "usual")))
                .containsExactly(Entity.of(Id.of(1)).with("usual", "usually"));
        assertThat(store.get("everything", List.of(Id.of(2)), Output.of("maybe")))
                .containsExactly(Entity.of(Id.of(2)).with("maybe", (Object) 7L));
    }

    private static VectorStore filled() {
        VectorStore store = EmbeddedVectorStore.inMemory();
        store.create(EVERYTHING);
        store.insert("everything", List.of(row(1), row(2).with("maybe", (Object) 7L), row(3).with("usual", "rarely")));
        return store;
    }

    @Test
    void aNullIsFoundByNeitherAComparisonNorItsNegation() {
        VectorStore store = filled();
        Filter seven = Path.of("maybe").is(7);
        assertThat(found(store, seven)).containsExactly("2");
        assertThat(found(store, Filter.not(seven))).isEmpty();
        assertThat(found(store, Path.of("maybe").isNot(7))).isEmpty();
        assertThat(found(store, Filter.not(Filter.and(seven, Path.of("id").is(9)))))
                .containsExactly("1", "2", "3");
        assertThat(found(store, Filter.or(seven, Path.of("id").is(1)))).containsExactly("1", "2");
        assertThat(found(store, Path.of("maybe").isNull())).containsExactly("1", "3");
        assertThat(found(store, Path.of("maybe").isNotNull())).containsExactly("2");
        assertThat(found(store, Path.of("json").key("nothing").isNull())).containsExactly("1", "2", "3");
        assertThat(found(store, Path.of("json").key("nothing").exists())).containsExactly("1", "2", "3");
        assertThat(found(store, Path.of("json").key("list").isNull())).isEmpty();
    }

    private static List<String> found(VectorStore store, Filter filter) {
        return store.query("everything", QueryRequest.where(filter).output(Output.KEY)).stream()
                .map(Entity::id)
                .toList();
    }

    @Test
    void patternsMayStandAnywhere() {
        VectorStore store = filled();
        assertThat(found(store, Path.of("usual").like("%r_ly"))).containsExactly("3");
        assertThat(found(store, Path.of("usual").containsText("ual"))).containsExactly("1", "2");
        assertThat(found(store, Path.of("usual").endsWith("ly"))).hasSize(3);
        assertThat(found(store, Path.of("usual").like("%\\%%"))).isEmpty();
    }

    @Test
    void eachVectorIsSearchedByItself() {
        VectorStore store = filled();
        assertThat(best(store, "dense", Vector.of(1, 3.1f))).isEqualTo("3");
        assertThat(best(store, "half", Vector.of(0, 1.9f))).isEqualTo("2");
        assertThat(best(store, "brain", Vector.of(0, 1))).isEqualTo("3");
        assertThat(best(store, "bits", new Vector.Binary(new byte[] {2}))).isEqualTo("2");
        assertThat(best(store, "sparse", new Vector.Sparse(new int[] {0, 1}, new float[] {9, -1})))
                .isEqualTo("1");
        assertThat(store.search(
                                "everything",
                                SearchRequest.of(new Vector.Binary(new byte[] {7}))
                                        .in("bits")
                                        .build())
                        .get(0)
                        .score())
                .isEqualTo(1 / 3f, within(1e-6f));
    }

    private static String best(VectorStore store, String field, Vector query) {
        List<Hit> hits = store.search(
                "everything", SearchRequest.of(query).in(field).k(1).build());
        return hits.get(0).id();
    }

    @Test
    void shortFloatsAreRoundedToTheNearest() {
        Entity entity =
                filled().get("everything", List.of(Id.of(1)), Output.ALL).get(0);
        assertThat(entity.vectors()).containsEntry("half", Vector.of(0.099975586f, 1));
        assertThat(entity.vectors()).containsEntry("brain", Vector.of(0.100097656f, 1));
        assertThat(ShortFloats.half(65504)).isEqualTo(65504);
        assertThat(ShortFloats.half(0x1p-24f)).isEqualTo(0x1p-24f);
        assertThat(ShortFloats.half(0x1p-26f)).isZero();
        assertThat(ShortFloats.half(2049)).isEqualTo(2048);
        assertThat(ShortFloats.half(2051)).isEqualTo(2052);
    }

    @Test
    void aRowIsFoundForItsTimeToLive() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
        VectorStore store = EmbeddedVectorStore.inMemory(now::get);
        store.create(EVERYTHING);
        store.insert("everything", List.of(row(1)));
        now.updateAndGet(time -> time.plus(Duration.ofHours(23)));
        store.insert("everything", List.of(row(2)));
        assertThat(store.count("everything")).isEqualTo(2);
        now.updateAndGet(time -> time.plus(Duration.ofHours(1)));
        assertThat(store.count("everything")).isEqualTo(1);
        assertThat(store.get("everything", List.of(Id.of(1), Id.of(2)), Output.KEY))
                .extracting(Entity::id)
                .containsExactly("2");
        assertThat(best(store, "dense", Vector.of(1, 1))).isEqualTo("2");
    }
}
