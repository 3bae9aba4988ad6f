package dev.milvuso.vector.milvus;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Names;
import dev.milvuso.vector.Path;
import dev.milvuso.vector.filter.FilterText;
import dev.milvuso.vector.filter.LikePattern;
import dev.milvuso.vector.filter.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Filters as Milvus 2.3 executes them: what it cannot do is said in other words where there are such, and refused
 * otherwise, since it would answer something else. Newer servers understand the same words.
 */
final class MilvusDialect {
    /** Below this whole numbers are the same as reals. */
    private static final double EXACT = 1L << 53;

    private final CollectionSchema schema;
    private final boolean lite;

    /** @param lite whether it is for Milvus Lite */
    MilvusDialect(CollectionSchema schema, boolean lite) {
        this.schema = schema;
        this.lite = lite;
    }

    /**
     * @param filter checked against the schema
     * @throws IllegalArgumentException if Milvus 2.3 has no words for it
     */
    String text(Filter filter) {
        Filter rewritten = rewritten(filter);
        return lite
                ? LiteFilterText.of(FilterText.of(new LiteDialect(schema).of(rewritten)))
                : FilterText.of(rewritten);
    }

    /**
     * Which rows have one of these keys. It is said as it is asked, without a look at what the server might not know of
     * it: there is no quicker call than a delete.
     *
     * @param keys plain, of the key's type
     */
    String keys(Collection<?> keys) {
        Filter in = Path.of(schema.key().name()).isIn(keys);
        return lite ? text(in) : FilterText.of(in);
    }

    private Filter rewritten(Filter filter) {
        if (filter instanceof Filter.And and) {
            return and.all().isEmpty() ? always() : Filter.and(rewritten(and.all()));
        }
        if (filter instanceof Filter.Or or) {
            return or.any().isEmpty() ? never() : Filter.or(rewritten(or.any()));
        }
        if (filter instanceof Filter.Not not) {
            return new Filter.Not(rewritten(not.filter()));
        }
        if (filter instanceof Filter.Compare compare) {
            return comparison(compare);
        }
        if (filter instanceof Filter.Between between) {
            return between(between);
        }
        if (filter instanceof Filter.In in) {
            return in(in);
        }
        if (filter instanceof Filter.Like like) {
            return like(like);
        }
        if (filter instanceof Filter.ArrayContains contains) {
            return contains(contains);
        }
        if (filter instanceof Filter.ArrayLength length) {
            return length(length);
        }
        if (filter instanceof Filter.Exists exists) {
            return new Filter.Exists(known(exists.path()));
        }
        return isNull((Filter.IsNull) filter);
    }

    private Filter[] rewritten(List<Filter> filters) {
        return filters.stream().map(this::rewritten).toArray(Filter[]::new);
    }

    /** Milvus takes no constants. */
    private Filter never() {
        return Path.of(schema.key().name()).isIn(List.of());
    }

    private Filter always() {
        return new Filter.Not(never());
    }

    /** Of a value, whatever it is; of a null it is unknown, and so is its negation. */
    private Filter never(Path path) {
        return isNullable(path) ? Filter.and(some(path, true), some(path, false)) : never();
    }

    private Filter always(Path path) {
        return isNullable(path) ? Filter.or(some(path, true), some(path, false)) : always();
    }

    private boolean isNullable(Path path) {
        return schema.field(path.field()).map(Field::nullable).orElse(false);
    }

    /** What is true of some of a field's values, or of all others. */
    private Filter some(Path path, boolean equal) {
        Filter.Operator operator = equal ? Filter.Operator.EQUAL : Filter.Operator.NOT_EQUAL;
        Target target = target(path);
        if (target instanceof Target.Scalar scalar) {
            return new Filter.Compare(path, operator, some(scalar.type()));
        }
        return target instanceof Target.Whole
                ? new Filter.ArrayLength(path, operator, 0)
                : new Filter.Compare(path, operator, "");
    }

    private Target target(Path path) {
        return Target.of(path, schema);
    }

    private boolean isTruth(Path path) {
        return target(path) instanceof Target.Scalar scalar && scalar.type() instanceof Field.Type.Bool;
    }

    /** Truth values of a field are compared for equality only. */
    private Filter comparison(Filter.Compare compare) {
        Path path = known(compare.path());
        if (!isTruth(path)) {
            return new Filter.Compare(path, compare.operator(), compare.value());
        }
        boolean operand = (Boolean) compare.value();
        return truth(
                path,
                compare.operator().holds(Boolean.compare(false, operand)),
                compare.operator().holds(Boolean.compare(true, operand)));
    }

    private Filter truth(Path path, boolean whenFalse, boolean whenTrue) {
        if (whenFalse == whenTrue) {
            return whenTrue ? always(path) : never(path);
        }
        return path.is(whenTrue);
    }

    /** Both ends must be of one kind. */
    private Filter between(Filter.Between between) {
        Path path = known(between.path());
        if (between.low().getClass() == between.high().getClass()) {
            return new Filter.Between(
                    path, between.low(), between.lowIncluded(), between.high(), between.highIncluded());
        }
        return Filter.and(
                between.lowIncluded() ? path.atLeast(between.low()) : path.above(between.low()),
                between.highIncluded() ? path.atMost(between.high()) : path.below(between.high()));
    }

    /** A list must be of one kind. */
    private Filter in(Filter.In in) {
        Path path = known(in.path());
        if (in.values().isEmpty()) {
            return never(path);
        }
        if (isTruth(path)) {
            return truth(path, in.values().contains(false), in.values().contains(true));
        }
        boolean within = target(path) instanceof Target.Within;
        List<Filter> any = new ArrayList<>();
        Map<Class<?>, List<Object>> byKind = new LinkedHashMap<>();
        for (Object value : in.values()) {
            boolean isLarge = within && value instanceof Long whole && Math.abs(whole.doubleValue()) >= EXACT;
            boolean isZero = lite && value instanceof Double real && real == 0;
            if (isLarge || isZero) {
                // In a list the one would not find the real number that == finds, and would find others; the other
                // would not find what has another sign.
                any.add(path.is(value));
            } else {
                byKind.computeIfAbsent(value.getClass(), kind -> new ArrayList<>())
                        .add(value);
            }
        }
        byKind.values().forEach(values -> any.add(path.isIn(values)));
        return Filter.or(any.toArray(new Filter[0]));
    }

    /** There are prefixes only, without escapes; _ is itself here and any character in newer servers. */
    private Filter like(Filter.Like like) {
        Path path = known(like.path());
        LikePattern pattern = new LikePattern(like.pattern());
        Optional<String> text = pattern.text();
        if (text.isPresent()) {
            return path.is(text.get());
        }
        String prefix = pattern.prefix()
                .orElseThrow(() -> new IllegalArgumentException("filter: " + FilterText.of(path) + " like '"
                        + like.pattern() + "': this Milvus matches beginnings only, such as 'ab%'"));
        if (prefix.chars().noneMatch(character -> "%_\\".indexOf(character) >= 0)) {
            return path.like(prefix + "%");
        }
        return successor(prefix)
                .<Filter>map(end -> new Filter.Between(path, prefix, true, end, false))
                .orElseGet(() -> path.atLeast(prefix));
    }

    /** The least text that is beyond all that begin with this one. */
    static Optional<String> successor(String prefix) {
        int end = prefix.length();
        while (end > 0) {
            int last = prefix.codePointBefore(end);
            end -= Character.charCount(last);
            if (last < Character.MAX_CODE_POINT) {
                int next = last + 1 == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : last + 1;
                return Optional.of(prefix.substring(0, end) + Character.toString(next));
            }
        }
        return Optional.empty();
    }

    /**
     * Numbers that are looked for in an array of reals must all be written as such; within JSON too, where a whole one
     * would find whole ones alone. One that a real is not exact enough for stays as it is.
     */
    private Filter contains(Filter.ArrayContains contains) {
        Path path = known(contains.path());
        if (contains.values().isEmpty()) {
            return contains.quantifier() == Filter.Quantifier.ALL ? always(path) : never(path);
        }
        boolean reals =
                target(path) instanceof Target.Whole whole && whole.type().element() instanceof Field.Type.Real;
        boolean within = target(path) instanceof Target.Within && !lite;
        List<Object> values = contains.values().stream()
                .<Object>map(value -> reals || (within && isExact(value)) ? ((Number) value).doubleValue() : value)
                .toList();
        return new Filter.ArrayContains(path, contains.quantifier(), values);
    }

    private static boolean isExact(Object value) {
        return value instanceof Long whole && Math.abs(whole.doubleValue()) < EXACT;
    }

    /** Lengths are compared for equality only; but of an element that is not there no comparison is true. */
    private Filter length(Filter.ArrayLength length) {
        Path path = known(length.path());
        if (length.operator() == Filter.Operator.EQUAL || length.operator() == Filter.Operator.NOT_EQUAL) {
            return new Filter.ArrayLength(path, length.operator(), length.length());
        }
        if (!(target(path) instanceof Target.Whole whole)) {
            throw new IllegalArgumentException("filter: array_length(" + FilterText.of(path)
                    + "): this Milvus compares the length of an array within JSON with == and != only");
        }
        boolean included =
                length.operator() == Filter.Operator.LESS || length.operator() == Filter.Operator.GREATER_OR_EQUAL;
        Filter atLeast = isLongerThan(path, whole.type(), included ? length.length() - 1 : length.length());
        boolean below = length.operator() == Filter.Operator.LESS || length.operator() == Filter.Operator.LESS_OR_EQUAL;
        return below ? new Filter.Not(atLeast) : atLeast;
    }

    private Filter isLongerThan(Path path, Field.Type.Array type, long length) {
        if (length < 0 || length >= type.capacity()) {
            return length < 0 ? always(path) : never(path);
        }
        Path element = path.at((int) length);
        Object any = some(type.element());
        return Filter.or(element.is(any), element.isNot(any));
    }

    /** Any value of the type. */
    static Object some(Field.Type.Element type) {
        if (type instanceof Field.Type.Bool) {
            return true;
        }
        if (type instanceof Field.Type.Text) {
            return "";
        }
        return type instanceof Field.Type.Int ? (Object) 0L : (Object) 0.0;
    }

    /** Of a field that is never null nothing is asked: older servers have no words for it. */
    private Filter isNull(Filter.IsNull isNull) {
        Target target = target(isNull.path());
        if (target instanceof Target.Within) {
            throw new IllegalArgumentException("filter: " + FilterText.of(isNull.path())
                    + " is null: this Milvus knows no nulls within JSON; ask for exists");
        }
        boolean nullable = (target instanceof Target.Scalar scalar && scalar.nullable())
                || (target instanceof Target.Whole whole && whole.nullable())
                || (target instanceof Target.Document document && document.nullable());
        return nullable ? isNull : never();
    }

    /** Keys are compared as they are written, and cut up at some characters. */
    private Path known(Path path) {
        for (Path.Step step : path.steps()) {
            if (step instanceof Path.Step.Key key) {
                key(path, key.name());
            }
        }
        if (!Names.isPlain(path.field())) {
            key(path, path.field());
        }
        return path;
    }

    private static void key(Path path, String name) {
        boolean plain = name.codePoints().allMatch(MilvusDialect::isPlain);
        if (!plain) {
            throw new IllegalArgumentException("filter: this Milvus cannot look for the key in " + FilterText.of(path)
                    + ": / \\ \" ' [ ] < > = & and control characters must not stand in it");
        }
    }

    private static boolean isPlain(int codePoint) {
        boolean control = Character.isISOControl(codePoint) || codePoint == 0x2028 || codePoint == 0x2029;
        return !control && "/\\\"'[]<>=&".indexOf(codePoint) < 0;
    }
}
