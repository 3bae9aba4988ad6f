package dev.milvuso.vector;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * What a filter looks at: a field, an element of an array field, or a place within a JSON field. Made by {@link #of},
 * {@link #key} and {@link #at}, and the start of a filter: {@code Path.of("meta").key("year").between(1990, 1999)}.
 *
 * @param field of the schema; in a dynamic collection any other name as well
 * @param steps into its value
 */
public record Path(String field, List<Step> steps) {
    /** One level down. */
    public sealed interface Step {
        /** Into an object of JSON. */
        record Key(String name) implements Step {}

        /** Into an array, from 0 on. */
        record Index(int index) implements Step {}
    }

    /** @throws IllegalArgumentException if a name is empty or no well-formed text, or an index is negative */
    public Path {
        named(field);
        steps = List.copyOf(steps);
        for (Step step : steps) {
            if (step instanceof Step.Key key) {
                named(key.name());
            } else if (step instanceof Step.Index index && index.index() < 0) {
                throw new IllegalArgumentException("index " + index.index() + " in a filter: must be 0 or more");
            }
        }
    }

    private static void named(String name) {
        if (name.isEmpty() || !Texts.isWellFormed(name)) {
            throw new IllegalArgumentException("'" + name + "' in a filter: must be well-formed text, not empty");
        }
    }

    public static Path of(String field) {
        return new Path(field, List.of());
    }

    public Path key(String name) {
        return with(new Step.Key(name));
    }

    public Path at(int index) {
        return with(new Step.Index(index));
    }

    private Path with(Step step) {
        List<Step> longer = new ArrayList<>(steps);
        longer.add(step);
        return new Path(field, longer);
    }

    public Filter is(Object value) {
        return new Filter.Compare(this, Filter.Operator.EQUAL, value);
    }

    public Filter isNot(Object value) {
        return new Filter.Compare(this, Filter.Operator.NOT_EQUAL, value);
    }

    public Filter below(Object value) {
        return new Filter.Compare(this, Filter.Operator.LESS, value);
    }

    public Filter atMost(Object value) {
        return new Filter.Compare(this, Filter.Operator.LESS_OR_EQUAL, value);
    }

    public Filter above(Object value) {
        return new Filter.Compare(this, Filter.Operator.GREATER, value);
    }

    public Filter atLeast(Object value) {
        return new Filter.Compare(this, Filter.Operator.GREATER_OR_EQUAL, value);
    }

    /** Both ends included. */
    public Filter between(Object low, Object high) {
        return new Filter.Between(this, low, true, high, true);
    }

    public Filter isIn(Collection<?> values) {
        return new Filter.In(this, new ArrayList<>(values));
    }

    public Filter isNotIn(Collection<?> values) {
        return new Filter.Not(isIn(values));
    }

    /** @param pattern % stands for any text, _ for any character, and \ makes the next one stand for itself */
    public Filter like(String pattern) {
        return new Filter.Like(this, pattern);
    }

    public Filter startsWith(String text) {
        return like(Texts.escapedForLike(text) + "%");
    }

    public Filter endsWith(String text) {
        return like("%" + Texts.escapedForLike(text));
    }

    public Filter containsText(String text) {
        return like("%" + Texts.escapedForLike(text) + "%");
    }

    public Filter containsAny(Object... values) {
        return new Filter.ArrayContains(this, Filter.Quantifier.ANY, Arrays.asList(values));
    }

    public Filter containsAll(Object... values) {
        return new Filter.ArrayContains(this, Filter.Quantifier.ALL, Arrays.asList(values));
    }

    public Filter hasLength(long length) {
        return new Filter.ArrayLength(this, Filter.Operator.EQUAL, length);
    }

    /** That a place within JSON is there, be it null. */
    public Filter exists() {
        return new Filter.Exists(this);
    }

    public Filter isNull() {
        return new Filter.IsNull(this);
    }

    public Filter isNotNull() {
        return new Filter.Not(isNull());
    }
}
