package dev.milvuso.vector.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.Path;
import dev.milvuso.vector.QueryRequest;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.embedded.EmbeddedVectorStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Filters over fields that may be null or have default values, against logic of three values written down once more:
 * true, false and unknown.
 */
final class NullFiltersTest {
    private static final int ROWS = 200;
    private static final int FILTERS = 500;
    private static final long USUAL = 2;
    private static final List<Filter.Operator> OPERATORS = List.of(Filter.Operator.values());
    private static final List<String> TEXTS = List.of("", "a", "ab", "b");

    private static final CollectionSchema SCHEMA = CollectionSchema.named("nulls")
            .vector("vector", 2, Metric.EUCLIDEAN)
            .field(new Field("truth", Field.Type.BOOL).orNull())
            .field(new Field("whole", Field.Type.INTEGER).orNull())
            .field(new Field("text", Field.Type.TEXT).orNull())
            .field(new Field("usual", Field.Type.INTEGER).orElse(USUAL))
            .build();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatIsUnknownIsFoundByNeitherAFilterNorItsNegation(long seed) {
        Random random = new Random(seed);
        List<Map<String, Object>> rows =
                Stream.generate(() -> row(random)).limit(ROWS).toList();
        try (VectorStore store = EmbeddedVectorStore.inMemory()) {
            store.create(SCHEMA);
            store.insert(
                    "nulls",
                    IntStream.range(0, ROWS)
                            .mapToObj(i -> new Entity(String.format("%03d", i), new float[] {i, 1}, rows.get(i)))
                            .toList());
            for (int i = 0; i < FILTERS; i++) {
                Filter filter = filter(random, 3);
                List<String> expected = IntStream.range(0, ROWS)
                        .filter(row -> Boolean.TRUE.equals(holds(filter, rows.get(row))))
                        .mapToObj(row -> String.format("%03d", row))
                        .toList();
                assertThat(store.query("nulls", QueryRequest.where(filter).output(Output.KEY)))
                        .as("seed %s: %s", seed, FilterText.of(filter))
                        .extracting(Entity::id)
                        .isEqualTo(expected);
            }
        }
    }

    private static Map<String, Object> row(Random random) {
        Map<String, Object> row = new HashMap<>();
        for (String field : List.of("truth", "whole", "text", "usual")) {
            if (random.nextInt(3) > 0) {
                row.put(field, value(field, random));
            }
        }
        return row;
    }

    private static Object value(String field, Random random) {
        return switch (field) {
            case "truth" -> random.nextBoolean();
            case "text" -> TEXTS.get(random.nextInt(TEXTS.size()));
            default -> (long) random.nextInt(4);
        };
    }

    private static Filter filter(Random random, int depth) {
        if (depth > 0 && random.nextInt(4) > 0) {
            List<Filter> parts = Stream.generate(() -> filter(random, depth - 1))
                    .limit(random.nextInt(3))
                    .toList();
            return switch (random.nextInt(3)) {
                case 0 -> new Filter.And(parts);
                case 1 -> new Filter.Or(parts);
                default -> new Filter.Not(filter(random, depth - 1));
            };
        }
        String field = List.of("truth", "whole", "text", "usual").get(random.nextInt(4));
        Path path = Path.of(field);
        return switch (random.nextInt(4)) {
            case 0 -> new Filter.IsNull(path);
            case 1 ->
                new Filter.In(
                        path,
                        Stream.generate(() -> value(field, random))
                                .limit(random.nextInt(3))
                                .toList());
            default -> new Filter.Compare(path, OPERATORS.get(random.nextInt(OPERATORS.size())), value(field, random));
        };
    }

    /** @return null if that is unknown */
    private static @Nullable Boolean holds(Filter filter, Map<String, Object> row) {
        if (filter instanceof Filter.Not not) {
            Boolean inner = holds(not.filter(), row);
            return inner == null ? null : (Boolean) !inner;
        }
        if (filter instanceof Filter.And and) {
            return joined(and.all(), row, false);
        }
        if (filter instanceof Filter.Or or) {
            return joined(or.any(), row, true);
        }
        Path path = RowFilter.path(filter);
        Object value = path.field().equals("usual") ? row.getOrDefault("usual", USUAL) : row.get(path.field());
        if (filter instanceof Filter.IsNull) {
            return value == null;
        }
        if (value == null) {
            return null;
        }
        if (filter instanceof Filter.In in) {
            return in.values().contains(value);
        }
        Filter.Compare compare = (Filter.Compare) filter;
        return compare.operator().holds(order(value, compare.value()));
    }

    /** @param decisive what one part is enough for */
    private static @Nullable Boolean joined(List<Filter> parts, Map<String, Object> row, boolean decisive) {
        boolean unknown = false;
        for (Filter part : parts) {
            Boolean holds = holds(part, row);
            if (holds == null) {
                unknown = true;
            } else if (holds == decisive) {
                return decisive;
            }
        }
        return unknown ? null : (Boolean) !decisive;
    }

    @SuppressWarnings("unchecked")
    private static int order(Object value, Object other) {
        return ((Comparable<Object>) value).compareTo(other);
    }
}
