package dev.milvuso.vector.embedded;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Path;
import dev.milvuso.vector.embedded.column.Column;
import dev.milvuso.vector.embedded.column.RowTest;
import dev.milvuso.vector.filter.RowFilter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntPredicate;

/**
 * Turns a filter into a test of slots with the results of {@link RowFilter}: what is asked of a field alone is asked of
 * its column, without making objects of its values, and before what takes longer.
 */
final class TableFilter {
    private final CollectionSchema schema;
    private final Function<String, Column> columns;
    private final RowFilter others;

    /** @param columns by field of the schema, the key left out */
    TableFilter(CollectionSchema schema, Function<String, Column> columns, RowFilter.Columns rows) {
        this.schema = schema;
        this.columns = columns;
        this.others = new RowFilter(schema, rows);
    }

    /** @param filter checked */
    RowTest test(Filter filter) {
        return test(filter, true);
    }

    private RowTest test(Filter filter, boolean wanted) {
        if (filter instanceof Filter.Not not) {
            return test(not.filter(), !wanted);
        }
        if (filter instanceof Filter.And and) {
            List<RowTest> tests = tests(and.all(), wanted);
            return wanted ? RowTest.all(tests) : RowTest.any(tests);
        }
        if (filter instanceof Filter.Or or) {
            List<RowTest> tests = tests(or.any(), wanted);
            return wanted ? RowTest.any(tests) : RowTest.all(tests);
        }
        return ofColumn(filter, wanted)
                .orElseGet(() -> new OfObjects(others.test(wanted ? filter : new Filter.Not(filter))));
    }

    private List<RowTest> tests(List<Filter> filters, boolean wanted) {
        return filters.stream()
                .map(filter -> test(filter, wanted))
                .sorted(Comparator.comparing(OfObjects.class::isInstance))
                .toList();
    }

    /** Takes longer. */
    private record OfObjects(IntPredicate rows) implements RowTest {
        @Override
        public boolean test(int slot) {
            return rows.test(slot);
        }
    }

    private Optional<RowTest> ofColumn(Filter leaf, boolean wanted) {
        Path path = RowFilter.path(leaf);
        Optional<Field> field = path.steps().isEmpty() ? schema.field(path.field()) : Optional.empty();
        return field.flatMap(it -> columns.apply(it.name()).test(leaf, wanted, schema));
    }
}
