package dev.milvuso.vector.embedded;

import dev.milvuso.vector.Filter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/** Turns a filter into a test of a row. */
final class FilterPredicate {
    private FilterPredicate() {}

    /** A row's value of a field. */
    interface Values {
        Object of(String field, int slot);
    }

    /** @param filter checked against the schema: values are of the fields' types */
    static IntPredicate of(Filter filter, Values values) {
        if (filter instanceof Filter.Compare compare) {
            return comparison(compare, values);
        }
        if (filter instanceof Filter.In in) {
            Set<Object> wanted = new HashSet<>();
            in.values().forEach(value -> wanted.add(key(value)));
            return slot -> wanted.contains(key(values.of(in.field(), slot)));
        }
        if (filter instanceof Filter.And and) {
            List<IntPredicate> all = and.all().stream().map(f -> of(f, values)).toList();
            return slot -> all.stream().allMatch(test -> test.test(slot));
        }
        if (filter instanceof Filter.Or or) {
            List<IntPredicate> any = or.any().stream().map(f -> of(f, values)).toList();
            return slot -> any.stream().anyMatch(test -> test.test(slot));
        }
        return of(((Filter.Not) filter).filter(), values).negate();
    }

    private static IntPredicate comparison(Filter.Compare compare, Values values) {
        String field = compare.field();
        Object operand = compare.value();
        return switch (compare.operator()) {
            case EQUAL -> slot -> order(values.of(field, slot), operand) == 0;
            case NOT_EQUAL -> slot -> order(values.of(field, slot), operand) != 0;
            case LESS -> slot -> order(values.of(field, slot), operand) < 0;
            case LESS_OR_EQUAL -> slot -> order(values.of(field, slot), operand) <= 0;
            case GREATER -> slot -> order(values.of(field, slot), operand) > 0;
            case GREATER_OR_EQUAL -> slot -> order(values.of(field, slot), operand) >= 0;
        };
    }

    /** Both are of the field's type, which the request was checked for. Doubles compare as numbers: 0 equals -0. */
    private static int order(Object value, Object operand) {
        if (value instanceof Double number) {
            double other = (Double) operand;
            return number < other ? -1 : number > other ? 1 : 0;
        }
        if (value instanceof Long number) {
            return Long.compare(number, (Long) operand);
        }
        if (value instanceof Boolean bool) {
            return Boolean.compare(bool, (Boolean) operand);
        }
        return codePointOrder((String) value, (String) operand);
    }

    /** As a key of a hash table 0 is not -0. */
    private static Object key(Object value) {
        return value instanceof Double number && number == 0 ? (Object) 0.0 : value;
    }

    /** As the bytes of their UTF-8 forms are ordered, which is what servers compare. */
    private static int codePointOrder(String a, String b) {
        for (int i = 0; i < Math.min(a.length(), b.length()); i++) {
            char first = a.charAt(i);
            char second = b.charAt(i);
            if (first != second) {
                boolean bothOrNone = Character.isSurrogate(first) == Character.isSurrogate(second);
                // A surrogate is part of a code point beyond all that fit one char.
                return bothOrNone ? first - second : Character.isSurrogate(first) ? 1 : -1;
            }
        }
        return a.length() - b.length();
    }
}
