package dev.milvuso.vector.filter;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Path;
import java.util.List;

/** Refuses filters that do not fit a collection's schema, in the same words for every store. */
public final class FilterCheck {
    private final CollectionSchema schema;

    public FilterCheck(CollectionSchema schema) {
        this.schema = schema;
    }

    /** @throws IllegalArgumentException naming what does not fit, and what would */
    public void check(Filter filter) {
        check(filter, 0);
    }

    private void check(Filter filter, int depth) {
        if (depth > FilterParser.MAX_DEPTH) {
            throw new FilterMismatch("more than " + FilterParser.MAX_DEPTH + " levels deep");
        }
        if (filter instanceof Filter.And and) {
            and.all().forEach(part -> check(part, depth + 1));
        } else if (filter instanceof Filter.Or or) {
            or.any().forEach(part -> check(part, depth + 1));
        } else if (filter instanceof Filter.Not not) {
            check(not.filter(), depth + 1);
        } else {
            leaf(filter);
        }
    }

    private void leaf(Filter filter) {
        if (filter instanceof Filter.Compare compare) {
            compared(compare.path(), List.of(compare.value()));
        } else if (filter instanceof Filter.In in) {
            compared(in.path(), in.values());
        } else if (filter instanceof Filter.Between between) {
            between(between);
        } else if (filter instanceof Filter.Like like) {
            compared(like.path(), List.of(like.pattern()));
        } else if (filter instanceof Filter.ArrayContains contains) {
            Target target = array(contains.path());
            if (target instanceof Target.Whole whole) {
                contains.values()
                        .forEach(value -> fits(contains.path(), whole.type().element(), value));
            }
        } else if (filter instanceof Filter.ArrayLength length) {
            array(length.path());
        } else if (filter instanceof Filter.Exists exists) {
            if (!(target(exists.path()) instanceof Target.Within)) {
                throw refused(exists.path(), "is always there: only places within JSON may be asked for with exists");
            }
        } else if (filter instanceof Filter.IsNull isNull && target(isNull.path()) instanceof Target.Element) {
            throw refused(isNull.path(), "is an element of an array, which is never null");
        }
    }

    private Target target(Path path) {
        return Target.of(path, schema);
    }

    private Target array(Path path) {
        Target target = target(path);
        if (target instanceof Target.Whole || target instanceof Target.Within) {
            return target;
        }
        throw refused(path, "is no array");
    }

    private void compared(Path path, List<?> values) {
        Target target = target(path);
        if (target instanceof Target.Scalar scalar) {
            values.forEach(value -> fits(path, scalar.type(), value));
        } else if (target instanceof Target.Element element) {
            values.forEach(value -> fits(path, element.type(), value));
        } else if (!(target instanceof Target.Within)) {
            throw refused(path, "cannot be compared whole: name a key, an index or an array function");
        }
    }

    private void between(Filter.Between between) {
        compared(between.path(), List.of(between.low(), between.high()));
        boolean numbers = between.low() instanceof Number && between.high() instanceof Number;
        boolean texts = between.low() instanceof String && between.high() instanceof String;
        if (!numbers && !texts) {
            throw refused(
                    between.path(),
                    "is asked to lie between " + between.low() + " and " + between.high()
                            + ": must be two numbers or two texts");
        }
    }

    private static void fits(Path path, Field.Type.Element type, Object value) {
        boolean fits = type instanceof Field.Type.Bool
                ? value instanceof Boolean
                : type instanceof Field.Type.Int
                        ? value instanceof Long
                        : type instanceof Field.Type.Real ? value instanceof Number : value instanceof String;
        if (!fits) {
            String right = type instanceof Field.Type.Bool
                    ? "true or false"
                    : type instanceof Field.Type.Int
                            ? "a whole number"
                            : type instanceof Field.Type.Real ? "a number" : "a text";
            throw refused(path, "is compared with '" + value + "': must be " + right);
        }
    }

    private static FilterMismatch refused(Path path, String why) {
        return new FilterMismatch(FilterText.of(path) + " " + why);
    }
}
