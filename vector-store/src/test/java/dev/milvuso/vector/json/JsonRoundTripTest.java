package dev.milvuso.vector.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.HybridSearchRequest;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.IndexDescription;
import dev.milvuso.vector.IndexSpec;
import dev.milvuso.vector.KeyField;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.Path;
import dev.milvuso.vector.QueryRequest;
import dev.milvuso.vector.Ranking;
import dev.milvuso.vector.ScoreRange;
import dev.milvuso.vector.SearchParameters;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorField;
import dev.milvuso.vector.filter.RandomFilters;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JsonRoundTripTest {
    private static final int ROUNDS = 500;

    private final RandomCollections collections = new RandomCollections(7);

    private static String json(CollectionSchema schema) {
        return new String(JsonBytes.of(out -> SchemaJson.write(out, schema)), StandardCharsets.UTF_8);
    }

    private static JsonInput input(String json) {
        return JsonBytes.read(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void everySchemaReadsAsItWasWritten() {
        for (int i = 0; i < ROUNDS; i++) {
            CollectionSchema schema = collections.schema();
            assertThat(SchemaJson.read(input(json(schema)))).as(json(schema)).isEqualTo(schema);
        }
    }

    @Test
    void everyEntityReadsAsItWasWritten() {
        for (int i = 0; i < ROUNDS; i++) {
            CollectionSchema schema = collections.schema();
            Entity entity = collections.entity(schema);
            EntityJson json = new EntityJson(schema, i % 2 == 0);
            byte[] written = JsonBytes.of(out -> json.write(out, entity));
            assertThat(json.read(JsonBytes.read(written)))
                    .as(new String(written, StandardCharsets.UTF_8))
                    .isEqualTo(entity);
            Hit hit = new Hit(Id.of(1), 0.1f, Optional.of(entity));
            if (schema.key().takes(hit.key())) {
                byte[] found = JsonBytes.of(out -> json.write(out, hit));
                assertThat(json.hit(JsonBytes.read(found))).isEqualTo(hit);
            }
        }
    }

    @Test
    void everySearchReadsAsItWasWritten() {
        RandomFilters filters = new RandomFilters(3, RandomFilters.HOSTILE);
        for (int i = 0; i < ROUNDS; i++) {
            CollectionSchema schema = collections.schema();
            EntityJson entities = new EntityJson(schema);
            VectorField field = schema.vectors().get(0);
            SearchRequest request = new SearchRequest(
                    IntStream.rangeClosed(0, i % 3)
                            .mapToObj(each -> collections.vector(field.type()))
                            .toList(),
                    Optional.of(field.name()),
                    1 + i,
                    i % 5,
                    Optional.of(filters.filter(3)),
                    schema.key().takes(Id.of(1)) ? Set.of(Id.of(Long.MAX_VALUE)) : Set.of(Id.of("it's")),
                    i % 2 == 0 ? Output.ALL : Output.of("a", "b"),
                    i % 2 == 0 ? Optional.empty() : Optional.of("f1"),
                    i % 3 == 0 ? Optional.empty() : Optional.of(new ScoreRange(0.3f, Optional.of(1e-3f))),
                    i % 3 == 0 ? Set.of() : Set.of("p", "q"),
                    new SearchParameters(
                            Optional.of(1 + i),
                            Optional.empty(),
                            Optional.of(7),
                            Optional.empty(),
                            Optional.of(3),
                            Optional.of(0.95f)));
            byte[] written = JsonBytes.of(out -> SearchJson.write(out, request, entities));
            assertThat(SearchJson.read(JsonBytes.read(written), entities)).isEqualTo(request);
        }
    }

    @Test
    void everyQueryReadsAsItWasWritten() {
        RandomFilters filters = new RandomFilters(4, RandomFilters.HOSTILE);
        EntityJson entities = new EntityJson(new CollectionSchema("c", 2, Metric.COSINE, List.of()));
        for (int i = 0; i < ROUNDS; i++) {
            QueryRequest request =
                    new QueryRequest(Optional.of(filters.filter(3)), Output.of("a"), Set.of("p"), i, 1 + i);
            byte[] written = JsonBytes.of(out -> QueryJson.write(out, request, entities, Optional.empty()));
            assertThat(QueryJson.read(JsonBytes.read(written), entities, 5)).isEqualTo(request);
        }
    }

    @Test
    void everyHybridSearchReadsAsItWasWritten() {
        for (int i = 0; i < ROUNDS; i++) {
            CollectionSchema schema = collections.schema();
            EntityJson entities = new EntityJson(schema);
            List<SearchRequest> searches = schema.vectors().stream()
                    .map(field -> SearchRequest.of(collections.vector(field.type()))
                            .in(field.name())
                            .build())
                    .toList();
            Float[] weights = searches.stream().map(search -> 0.3f).toArray(Float[]::new);
            HybridSearchRequest request = HybridSearchRequest.of(searches.toArray(new SearchRequest[0]))
                    .ranking(i % 2 == 0 ? new Ranking.ReciprocalRank(1.5f) : Ranking.weighted(weights))
                    .page(i, 1 + i)
                    .output(Output.ALL);
            byte[] written = JsonBytes.of(out -> HybridJson.write(out, request, entities));
            assertThat(HybridJson.read(JsonBytes.read(written), entities)).isEqualTo(request);
        }
    }

    @Test
    void everyIndexReadsAsItWasWritten() {
        List<IndexSpec> all = List.of(
                new IndexSpec.Flat(),
                new IndexSpec.IvfFlat(7),
                new IndexSpec.IvfSq8(8),
                new IndexSpec.IvfPq(9, 4, 8),
                new IndexSpec.Hnsw(16, 200),
                new IndexSpec.DiskAnn(),
                new IndexSpec.ScaNN(5),
                new IndexSpec.AutoIndex(),
                new IndexSpec.SparseInverted(0.25),
                new IndexSpec.Inverted(),
                new IndexSpec.Trie(),
                new IndexSpec.Sorted());
        for (IndexSpec spec : all) {
            byte[] written = JsonBytes.of(out -> IndexJson.write(out, Optional.of("f"), spec));
            assertThat(IndexJson.read(JsonBytes.read(written))).isEqualTo(spec);
            IndexDescription index = new IndexDescription(
                    "f",
                    spec,
                    "lists",
                    Optional.of("cosine"),
                    IndexDescription.State.BUILDING,
                    1L << 40,
                    2,
                    Optional.of("no room"));
            byte[] described = JsonBytes.of(out -> IndexJson.write(out, index));
            assertThat(IndexJson.description(JsonBytes.read(described))).isEqualTo(index);
        }
    }

    @Test
    void aPageMayBeginBehindAKey() {
        EntityJson entities = new EntityJson(CollectionSchema.named("c")
                .key(KeyField.INTEGER)
                .vector("v", 2, Metric.COSINE)
                .build());
        QueryRequest request = QueryJson.read(input("{\"after\": \"9007199254740993\", \"limit\": 3}"), entities, 5);
        assertThat(request.filter()).contains(Path.of("id").above(9007199254740993L));
        QueryRequest with = QueryJson.read(input("{\"after\": 1, \"filter\": \"id < 7\"}"), entities, 5);
        assertThat(with.limit()).isEqualTo(5);
        assertThat(with.filter().map(Object::toString).orElse("")).contains("7", "1");
    }

    @Test
    void keysOfSixtyFourBitsKeepAllTheirDigits() {
        CollectionSchema schema = CollectionSchema.named("c")
                .key(KeyField.INTEGER)
                .vector("v", 2, Metric.COSINE)
                .field("n", Field.Type.INTEGER)
                .build();
        Entity entity =
                Entity.of(Id.of(9007199254740993L)).with("v", Vector.of(1, 2)).with("n", (Object) Long.MIN_VALUE);
        assertThat(new String(JsonBytes.of(out -> new EntityJson(schema).write(out, entity)), StandardCharsets.UTF_8))
                .contains("\"id\":9007199254740993", "\"n\":-9223372036854775808");
        assertThat(new String(
                        JsonBytes.of(out -> new EntityJson(schema, true).write(out, entity)), StandardCharsets.UTF_8))
                .contains("\"id\":\"9007199254740993\"", "\"n\":\"-9223372036854775808\"");
    }

    @Test
    void whatTheGeneratorMakesIsOfEveryType() {
        Set<Class<?>> seen = new HashSet<>();
        for (int i = 0; i < ROUNDS; i++) {
            CollectionSchema schema = collections.schema();
            schema.vectors().forEach(field -> seen.add(field.type().getClass()));
            schema.fields().forEach(field -> seen.add(field.type().getClass()));
        }
        assertThat(seen).hasSize(9);
    }
}
