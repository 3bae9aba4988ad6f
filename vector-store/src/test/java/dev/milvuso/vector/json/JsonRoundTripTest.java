package dev.milvuso.vector.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.KeyField;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.Path;
import dev.milvuso.vector.QueryRequest;
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
                            Optional.of(1 + i), Optional.empty(), Optional.of(7), Optional.empty(), Optional.of(3)));
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
