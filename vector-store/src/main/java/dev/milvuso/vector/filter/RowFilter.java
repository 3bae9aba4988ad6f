package dev.milvuso.vector.filter;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Turns a filter into a test of a row, with the results of Milvus 2.3.5. A comparison with a null is unknown; so each
 * part is turned into the test that it is true, or that it is false, and an unknown one is neither.
 */
public final class RowFilter {
    private final CollectionSchema schema;
    private final Columns columns;

    /** @param columns of the schema's rows */
    public RowFilter(CollectionSchema schema, Columns columns) {
        this.schema = schema;
        this.columns = columns;
    }

    /** Where the values of a field stand. */
    public interface Columns {
        /** @param field of the schema */
        Column of(String field);

        /** The fields beyond the schema, as maps by name. */
        Column dynamic();
    }

    /** The values of a field by row. */
    public interface Column {
        /** @return null for none */
        @Nullable Object at(int row);
    }

    /** @param filter that {@link FilterCheck} has found to fit the schema */
    public IntPredicate test(Filter filter) {
        return test(filter, true);
    }

    private IntPredicate test(Filter filter, boolean wanted) {
        if (filter instanceof Filter.Not not) {
            return test(not.filter(), !wanted);
        }
        if (filter instanceof Filter.And and) {
            return wanted ? all(and.all(), true) : any(and.all(), false);
        }
        if (filter instanceof Filter.Or or) {
            return wanted ? any(or.any(), true) : all(or.any(), false);
        }
        return leaf(filter, wanted);
    }

    private IntPredicate all(List<Filter> filters, boolean wanted) {
        IntPredicate[] tests = tests(filters, wanted);
        return row -> {
            for (IntPredicate test : tests) {
                if (!test.test(row)) {
                    return false;
                }
            }
            return true;
        };
    }

    private IntPredicate any(List<Filter> filters, boolean wanted) {
        IntPredicate[] tests = tests(filters, wanted);
        return row -> {
            for (IntPredicate test : tests) {
                if (test.test(row)) {
                    return true;
                }
            }
            return false;
        };
    }

    private IntPredicate[] tests(List<Filter> filters, boolean wanted) {
        List<IntPredicate> tests = new ArrayList<>();
        filters.forEach(filter -> tests.add(test(filter, wanted)));
        return tests.toArray(new IntPredicate[0]);
    }

    private IntPredicate leaf(Filter filter, boolean wanted) {
        Path path = path(filter);
        Target target = Target.of(path, schema);
        boolean dynamic = target instanceof Target.Within within && within.dynamic();
        Column column = dynamic ? columns.dynamic() : columns.of(path.field());
        List<Path.Step> steps = dynamic ? below(path) : path.steps();
        if (filter instanceof Filter.IsNull) {
            return row -> isNull(Place.in(column.at(row), steps)) == wanted;
        }
        Predicate<@Nullable Object> matches = ValueMatch.of(filter, target);
        return row -> {
            Object value = column.at(row);
            return value != null && matches.test(Place.in(value, steps)) == wanted;
        };
    }

    private static List<Path.Step> below(Path path) {
        List<Path.Step> steps = new ArrayList<>(List.of(new Path.Step.Key(path.field())));
        steps.addAll(path.steps());
        return steps;
    }

    private static boolean isNull(@Nullable Object value) {
        return value == null || value == Place.NOTHING;
    }

    /** @param filter that is not made of others */
    public static Path path(Filter filter) {
        if (filter instanceof Filter.Compare compare) {
            return compare.path();
        }
        if (filter instanceof Filter.Between between) {
            return between.path();
        }
        if (filter instanceof Filter.In in) {
            return in.path();
        }
        if (filter instanceof Filter.Like like) {
            return like.path();
        }
        if (filter instanceof Filter.ArrayContains contains) {
            return contains.path();
        }
        if (filter instanceof Filter.ArrayLength length) {
            return length.path();
        }
        return filter instanceof Filter.Exists exists ? exists.path() : ((Filter.IsNull) filter).path();
    }
}
