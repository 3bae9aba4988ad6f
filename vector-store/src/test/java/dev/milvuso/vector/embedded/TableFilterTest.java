package dev.milvuso.vector.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.Path;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.check.EntityCheck;
import dev.milvuso.vector.embedded.column.RowTest;
import dev.milvuso.vector.filter.FilterText;
import dev.milvuso.vector.filter.RandomFilters;
import dev.milvuso.vector.filter.RowFilter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What columns say of a filter against what {@link RowFilter} says of objects. */
final class TableFilterTest {
    private static final VectorTable.Row ROW = new VectorTable.Row("_default", 0);
    private static final IndexWork NO_LISTS = new IndexWork(Runnable::run, Runnable::run, Integer.MAX_VALUE, () -> {});
    private static final List<Object> WHOLE =
            List.of(0L, 1L, -1L, 7L, (long) Integer.MAX_VALUE, (long) Integer.MIN_VALUE, 100L);
    private static final List<Object> LARGE = List.of(0L, 1L, -1L, Long.MAX_VALUE, Long.MIN_VALUE, 42L);
    private static final List<Object> REAL =
            List.of(0.0, -0.0, 0.1, -0.1, Double.MAX_VALUE, -Double.MAX_VALUE, Double.MIN_VALUE, 1e40);
    private static final List<Object> SINGLE =
            List.of(0f, -0f, 0.1f, -0.1f, Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE);
    private static final List<Object> TEXT = List.of("", "a", "ab", "b", "%", "日本", "😀", "\u0000");
    private static final List<Object> TRUTH = List.of(true, false);
    private static final Map<String, List<Object>> VALUES =
            Map.of("small", WHOLE, "large", LARGE, "real", REAL, "single", SINGLE, "text", TEXT, "truth", TRUTH);
    private static final CollectionSchema SCHEMA = CollectionSchema.named("t")
            .vector("vector", 2, Metric.EUCLIDEAN)
            .field(new Field("small", new Field.Type.Int(32)).orNull())
            .field(new Field("large", new Field.Type.Int(64)).orNull())
            .field(new Field("real", new Field.Type.Real(64)).orNull())
            .field(new Field("single", new Field.Type.Real(32)).orNull())
            .field(new Field("text", Field.Type.TEXT).orNull())
            .field(new Field("truth", Field.Type.BOOL).orNull())
            .build();

    private static Object any(List<Object> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }

    private static Entity entity(int number, Random random) {
        Map<String, Object> fields = new HashMap<>();
        VALUES.forEach((name, values) -> {
            if (random.nextInt(4) > 0) {
                fields.put(name, any(values, random));
            }
        });
        return new Entity("id" + number, new float[] {1, 1}, fields).with("vector", Vector.of(number, 1));
    }

    private static Filter leaf(Random random) {
        String name = any(List.copyOf(VALUES.keySet()), random).toString();
        List<Object> values = Objects.requireNonNull(VALUES.get(name));
        Path path = Path.of(name);
        return switch (random.nextInt(name.equals("truth") ? 3 : 5)) {
            case 0 -> new Filter.IsNull(path);
            case 1 -> path.isIn(List.of(any(values, random), any(values, random)));
            case 2 ->
                new Filter.Compare(
                        path,
                        (Filter.Operator) any(List.of((Object[]) Filter.Operator.values()), random),
                        any(values, random));
            default ->
                new Filter.Between(
                        path, any(values, random), random.nextBoolean(), any(values, random), random.nextBoolean());
        };
    }

    private static Filter filter(Random random, int depth) {
        if (depth == 0 || random.nextInt(3) == 0) {
            return leaf(random);
        }
        List<Filter> parts = List.of(filter(random, depth - 1), filter(random, depth - 1));
        return switch (random.nextInt(3)) {
            case 0 -> new Filter.And(parts);
            case 1 -> new Filter.Or(parts);
            default -> new Filter.Not(parts.get(0));
        };
    }

    /** Of each row alone, and of 64 at a time. */
    private static void assertAsByObjects(VectorTable table, CollectionSchema schema, Filter filter, RowTest test) {
        IntPredicate byObjects = new RowFilter(schema, table).test(filter);
        int[] expected = table.live().stream().filter(byObjects).toArray();
        assertThat(table.live().stream().filter(test).toArray())
                .as(FilterText.of(filter))
                .isEqualTo(expected);
        assertThat(test.of(table.live()).stream().toArray())
                .as(FilterText.of(filter))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void columnsSayWhatObjectsSayWhileRowsComeAndGo(long seed) {
        Random random = new Random(seed);
        VectorTable table = new VectorTable(SCHEMA, NO_LISTS);
        Map<String, Entity> model = new HashMap<>();
        for (int round = 0; round < 8; round++) {
            for (int i = 0; i < 150; i++) {
                Entity entity = entity(random.nextInt(500), random);
                model.put(entity.id(), entity);
                table.put(List.of(entity), ROW);
            }
            List<Id> gone = IntStream.range(0, 40)
                    .mapToObj(i -> Id.of("id" + random.nextInt(500)))
                    .toList();
            table.delete(gone);
            gone.forEach(id -> model.remove(id.toString()));
            for (int i = 0; i < 200; i++) {
                Filter filter = filter(random, 3);
                assertAsByObjects(table, SCHEMA, filter, table.test(filter));
            }
        }
        assertThat(table.size()).isEqualTo(model.size());
        model.forEach((id, entity) ->
                assertThat(table.entity(table.slot(Id.of(id)), Output.ALL)).isEqualTo(entity));
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void filtersOfEveryKindSayTheSame(long seed) {
        RandomFilters random = new RandomFilters(seed, RandomFilters.HOSTILE);
        CollectionSchema schema = RandomFilters.schema("t");
        VectorTable table = new VectorTable(schema, NO_LISTS);
        table.put(new EntityCheck(schema).upserted(random.rows(300)), ROW);
        for (int i = 0; i < 500; i++) {
            Filter filter = random.filter(3);
            assertAsByObjects(table, schema, filter, table.test(filter));
        }
    }

    @Test
    void aTestStaysRightWhenNewTextsComeAndWhenTheyBecomeTooManyToNumber() {
        VectorTable table = new VectorTable(SCHEMA, NO_LISTS);
        Filter filter = Filter.or(
                Path.of("text").startsWith("t1"), Path.of("text").is("t29999"), new Filter.IsNull(Path.of("text")));
        RowTest test = table.test(filter);
        int rows = 0;
        for (int limit : new int[] {10, 16_384, 16_385, 30_000}) {
            for (; rows < limit; rows++) {
                Map<String, Object> fields = rows % 5 == 0 ? Map.of() : Map.of("text", "t" + rows);
                table.put(List.of(new Entity("id" + rows, new float[] {1, 1}, fields)), ROW);
            }
            assertAsByObjects(table, SCHEMA, filter, test);
        }
        assertThat(table.entity(29_999, Output.of("text")).fields()).isEqualTo(Map.of("text", "t29999"));
    }
}
