package dev.milvuso.vector.milvus;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Path;
import dev.milvuso.vector.Texts;
import dev.milvuso.vector.filter.FilterText;
import dev.milvuso.vector.filter.RowFilter;
import dev.milvuso.vector.filter.Target;
import java.util.ArrayList;
import java.util.List;

/**
 * Filters as Milvus Lite executes them. To it a comparison with a place that is not there is unknown, and so is its
 * negation: whether the place is there is asked beside it. Lists are looked up for whole fields alone, and a range is
 * two comparisons. Of a field without a value some of what it knows is unknown, as it should be, and some is not: there
 * that is said beside it. Values of several types under one key of JSON it does not tell apart as Milvus does
 * ({@code Feature.MIXED_JSON}).
 */
record LiteDialect(CollectionSchema schema) {
    /**
     * @param filter in Milvus's dialect
     * @throws IllegalArgumentException if Milvus Lite has no words for it
     */
    Filter of(Filter filter) {
        if (filter instanceof Filter.And and) {
            return new Filter.And(and.all().stream().map(this::of).toList());
        }
        if (filter instanceof Filter.Or or) {
            return new Filter.Or(or.any().stream().map(this::of).toList());
        }
        if (filter instanceof Filter.Not not) {
            return new Filter.Not(of(not.filter()));
        }
        Filter said = leaf(filter);
        return knowsNulls(filter) ? said : ofNulls(RowFilter.path(filter).field(), said);
    }

    /** Whether Milvus Lite says of a field without a value that nothing is known, where that is so. */
    private boolean knowsNulls(Filter filter) {
        Path path = RowFilter.path(filter);
        boolean isNullable = schema.field(path.field()).map(Field::nullable).orElse(false);
        boolean isCompared = target(path) instanceof Target.Scalar && !(filter instanceof Filter.In);
        return !isNullable || isCompared || filter instanceof Filter.IsNull;
    }

    /** Unknown where the field has no value. */
    private Filter ofNulls(String name, Filter filter) {
        Path field = Path.of(name);
        Field.Type type = schema.field(name).orElseThrow().type();
        Filter unknown = type instanceof Field.Type.Json
                ? field.key("_").is("")
                : type instanceof Field.Type.Array array
                        ? field.at(0).is(MilvusDialect.some(array.element()))
                        : field.is(MilvusDialect.some((Field.Type.Element) type));
        return Filter.or(Filter.and(field.isNotNull(), filter), Filter.and(field.isNull(), unknown));
    }

    private Filter leaf(Filter filter) {
        if (filter instanceof Filter.Compare compare) {
            return compared(compare);
        }
        if (filter instanceof Filter.Between between) {
            return between(between);
        }
        if (filter instanceof Filter.In in) {
            return in.path().field().equals(schema.key().name())
                    ? sorted(in)
                    : hasLists(target(in.path())) ? in : in(in);
        }
        if (filter instanceof Filter.Like like) {
            return there(like.path(), like);
        }
        if (filter instanceof Filter.ArrayContains contains && !isWritten(contains.path())) {
            throw refused(contains.path(), "looks into arrays whose field has a plain name only");
        }
        if (filter instanceof Filter.ArrayContains contains && contains.values().size() == 1) {
            // It does not read one number below zero, of two it does.
            Object value = contains.values().get(0);
            return new Filter.ArrayContains(contains.path(), contains.quantifier(), List.of(value, value));
        }
        if (filter instanceof Filter.ArrayLength length && !(target(length.path()) instanceof Target.Whole)) {
            throw refused(length.path(), "knows the length of array fields only");
        }
        return filter;
    }

    /** Whether it begins with its field's name. */
    private static boolean isWritten(Path path) {
        return FilterText.of(path).startsWith(path.field());
    }

    private Target target(Path path) {
        return Target.of(path, schema);
    }

    /** Lists are turned into the column's type, as are not all numbers. */
    private static boolean hasLists(Target target) {
        return target instanceof Target.Scalar scalar
                && (scalar.type() instanceof Field.Type.Text || scalar.type().equals(Field.Type.INTEGER));
    }

    /** Numbers are compared with reals as they are written, and all reals have 64 bits by then. */
    private Object operand(Path path, Object value) {
        Target target = target(path);
        if (target instanceof Target.Scalar scalar && scalar.type() instanceof Field.Type.Real real) {
            float rounded = ((Number) value).floatValue();
            boolean rounds = real.bits() == Float.SIZE && Float.isFinite(rounded);
            return rounds ? (double) rounded : ((Number) value).doubleValue();
        }
        boolean element = target instanceof Target.Element it && it.type() instanceof Field.Type.Real;
        return element ? (Object) ((Number) value).doubleValue() : value;
    }

    private Filter compared(Filter.Compare asked) {
        Filter.Compare compare =
                new Filter.Compare(asked.path(), asked.operator(), operand(asked.path(), asked.value()));
        boolean otherwise = compare.operator() == Filter.Operator.NOT_EQUAL;
        return otherwise && target(compare.path()) instanceof Target.Within
                ? Filter.or(compare.path().isNull(), compare)
                : there(compare.path(), compare);
    }

    private Filter there(Path path, Filter filter) {
        Target target = target(path);
        return target instanceof Target.Within || target instanceof Target.Element
                ? Filter.and(path.isNotNull(), filter)
                : filter;
    }

    private Filter between(Filter.Between between) {
        Path path = between.path();
        return Filter.and(
                compared(new Filter.Compare(
                        path,
                        between.lowIncluded() ? Filter.Operator.GREATER_OR_EQUAL : Filter.Operator.GREATER,
                        between.low())),
                compared(new Filter.Compare(
                        path,
                        between.highIncluded() ? Filter.Operator.LESS_OR_EQUAL : Filter.Operator.LESS,
                        between.high())));
    }

    /** Rows that are asked for by their keys come in the order of the list. */
    private static Filter sorted(Filter.In keys) {
        return new Filter.In(
                keys.path(),
                keys.values().stream()
                        .sorted((one, other) -> one instanceof Long whole
                                ? Long.compare(whole, (Long) other)
                                : Texts.compare((String) one, (String) other))
                        .toList());
    }

    private Filter in(Filter.In in) {
        List<Filter> any = new ArrayList<>();
        in.values().forEach(value -> any.add(compared(new Filter.Compare(in.path(), Filter.Operator.EQUAL, value))));
        return Filter.or(any.toArray(new Filter[0]));
    }

    private static IllegalArgumentException refused(Path path, String why) {
        return new IllegalArgumentException("filter: " + FilterText.of(path) + ": this Milvus Lite " + why);
    }
}
