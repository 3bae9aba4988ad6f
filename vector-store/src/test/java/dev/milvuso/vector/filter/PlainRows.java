package dev.milvuso.vector.filter;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Filter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Rows without a store: what a filter finds among them by the evaluator alone. */
public final class PlainRows {
    private final CollectionSchema schema;
    private final List<Entity> rows;
    private final RowFilter filters;

    /** @param rows in the order of their keys */
    public PlainRows(CollectionSchema schema, List<Entity> rows) {
        this.schema = schema;
        this.rows = rows;
        this.filters = new RowFilter(schema, new RowFilter.Columns() {
            @Override
            public RowFilter.Column of(String field) {
                return field.equals(schema.key().name())
                        ? row -> rows.get(row).key().orElseThrow().plain()
                        : row -> rows.get(row).fields().get(field);
            }

            @Override
            public RowFilter.Column dynamic() {
                return PlainRows.this::others;
            }
        });
    }

    private Map<String, Object> others(int row) {
        Map<String, Object> others = new HashMap<>(rows.get(row).fields());
        schema.fields().forEach(field -> others.remove(field.name()));
        return others;
    }

    /** Keys in their order. */
    public List<String> found(Filter filter) {
        return IntStream.range(0, rows.size())
                .filter(filters.test(filter))
                .mapToObj(row -> rows.get(row).id())
                .toList();
    }
}
