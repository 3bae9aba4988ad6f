package dev.milvuso.vector.filter;

import dev.milvuso.vector.Field;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Texts;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The test of one value that a part of a filter makes. */
final class ValueMatch {
    private ValueMatch() {}

    static Predicate<@Nullable Object> of(Filter filter, Target target) {
        if (filter instanceof Filter.Compare compare) {
            return compare(compare, target);
        }
        if (filter instanceof Filter.Between between) {
            Object low = operand(between.low(), target);
            Object high = operand(between.high(), target);
            int least = between.lowIncluded() ? 0 : 1;
            int most = between.highIncluded() ? 0 : -1;
            return value -> isComparable(value, low)
                    && order(value, low) >= least
                    && isComparable(value, high)
                    && order(value, high) <= most;
        }
        if (filter instanceof Filter.In in) {
            return in(in, target);
        }
        if (filter instanceof Filter.Like like) {
            Predicate<String> pattern = new LikePattern(like.pattern()).test();
            return value -> value instanceof String text && pattern.test(text);
        }
        if (filter instanceof Filter.ArrayContains contains) {
            return contains(contains, target);
        }
        if (filter instanceof Filter.ArrayLength length) {
            return value -> length.operator()
                    .holds(Long.compare(value instanceof List<?> list ? list.size() : 0, length.length()));
        }
        return value -> value != Place.NOTHING;
    }

    private static Predicate<@Nullable Object> compare(Filter.Compare compare, Target target) {
        Object operand = operand(compare.value(), target);
        Filter.Operator operator = compare.operator();
        // Of what is not there or of another type nothing can be said but that it is not equal; of an element that an
        // array does not have not even that.
        boolean otherwise = operator == Filter.Operator.NOT_EQUAL && !(target instanceof Target.Element);
        return value -> isComparable(value, operand) ? operator.holds(order(value, operand)) : otherwise;
    }

    private static Predicate<@Nullable Object> in(Filter.In in, Target target) {
        List<Object> operands =
                in.values().stream().map(value -> operand(value, target)).toList();
        if (target instanceof Target.Scalar) {
            Set<Object> wanted = new HashSet<>();
            operands.forEach(operand -> wanted.add(hashed(operand)));
            return value -> value != null && wanted.contains(hashed(value));
        }
        return value -> operands.stream().anyMatch(operand -> isEqual(value, operand));
    }

    private static Predicate<@Nullable Object> contains(Filter.ArrayContains contains, Target target) {
        List<Object> operands =
                contains.values().stream().map(value -> operand(value, target)).toList();
        if (contains.quantifier() == Filter.Quantifier.ANY) {
            return value -> value instanceof List<?> list
                    && operands.stream().anyMatch(operand -> list.stream().anyMatch(one -> isEqual(one, operand)));
        }
        return value -> operands.isEmpty()
                || (value instanceof List<?> list
                        && operands.stream().allMatch(operand -> list.stream().anyMatch(one -> isEqual(one, operand))));
    }

    /** As the column's values are: a number that is compared with floats is rounded to one, but not with an array's. */
    private static Object operand(Object value, Target target) {
        if (target instanceof Target.Scalar scalar && scalar.type() instanceof Field.Type.Real real) {
            double number = ((Number) value).doubleValue();
            return real.bits() == 32 ? (Object) (float) number : (Object) number;
        }
        return value;
    }

    /** As a key of a hash table 0 is not -0. */
    private static Object hashed(Object value) {
        if (value instanceof Double number && number == 0) {
            return 0.0;
        }
        return value instanceof Float number && number == 0 ? (Object) 0f : value;
    }

    private static boolean isEqual(@Nullable Object value, Object operand) {
        return isComparable(value, operand) && order(value, operand) == 0;
    }

    private static boolean isComparable(@Nullable Object value, Object operand) {
        return operand instanceof Number
                ? value instanceof Number
                : value != null && operand.getClass() == value.getClass();
    }

    /** Two whole numbers compare as such, others as doubles; as numbers: 0 equals -0. */
    private static int order(@Nullable Object value, Object operand) {
        if (value instanceof Long whole && operand instanceof Long other) {
            return Long.compare(whole, other);
        }
        if (value instanceof Number number) {
            double first = number.doubleValue();
            double second = ((Number) operand).doubleValue();
            return first < second ? -1 : first > second ? 1 : 0;
        }
        if (value instanceof Boolean bool) {
            return Boolean.compare(bool, (Boolean) operand);
        }
        return Texts.compare(String.valueOf(value), (String) operand);
    }
}
