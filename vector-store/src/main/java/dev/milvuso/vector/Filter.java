package dev.milvuso.vector;

import java.util.ArrayList;
import java.util.List;

/**
 * What an entity must fulfil to be found. Operands are {@link String}, {@link Long}, {@link Double} and {@link Boolean}
 * (other numbers of Java become one of them); the key may be compared as a field. Never made of text that came from
 * outside, but for {@code FilterParser}: operands are escaped by whoever writes a filter down.
 *
 * <p>A comparison with what is not there, or of another type within JSON, is false, and {@code NOT_EQUAL} is true; of
 * an array's element that is not there every comparison is false. A nullable field's null makes every comparison
 * unknown, which neither it nor its negation finds.
 */
public sealed interface Filter {
    /**
     * How a field's value stands to the given one. Texts are ordered by code point, truth values false before true, and
     * numbers as numbers: 0 equals -0.
     */
    enum Operator {
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL;

        /** @param order negative, 0 or positive: how the value stands to the operand */
        public boolean holds(int order) {
            return switch (this) {
                case EQUAL -> order == 0;
                case NOT_EQUAL -> order != 0;
                case LESS -> order < 0;
                case LESS_OR_EQUAL -> order <= 0;
                case GREATER -> order > 0;
                case GREATER_OR_EQUAL -> order >= 0;
            };
        }
    }

    /** How many of the values an array must hold. */
    enum Quantifier {
        ANY,
        ALL
    }

    record Compare(Path path, Operator operator, Object value) implements Filter {
        public Compare {
            value = operand(value);
        }

        public Compare(String field, Operator operator, Object value) {
            this(Path.of(field), operator, value);
        }
    }

    /** Numbers or texts only. */
    record Between(Path path, Object low, boolean lowIncluded, Object high, boolean highIncluded) implements Filter {
        public Between {
            low = operand(low);
            high = operand(high);
        }
    }

    /** @param values none means that nothing is found */
    record In(Path path, List<Object> values) implements Filter {
        public In {
            values = operands(values);
        }

        public In(String field, List<Object> values) {
            this(Path.of(field), values);
        }
    }

    /** @param pattern of a whole text: see {@link Path#like} */
    record Like(Path path, String pattern) implements Filter {
        public Like {
            operand(pattern);
        }
    }

    /** @param values none are held by every array, and any of none by no array */
    record ArrayContains(Path path, Quantifier quantifier, List<Object> values) implements Filter {
        public ArrayContains {
            values = operands(values);
        }
    }

    /** The length of what is no array, or is not there, is 0. */
    record ArrayLength(Path path, Operator operator, long length) implements Filter {
        public ArrayLength {
            if (length < 0) {
                throw new IllegalArgumentException("array length " + length + " in a filter: must be 0 or more");
            }
        }
    }

    /** That there is something at a place within JSON, be it null. */
    record Exists(Path path) implements Filter {}

    /** That a nullable field has no value, or that within JSON there is nothing or null. */
    record IsNull(Path path) implements Filter {}

    /** @param all none means true */
    record And(List<Filter> all) implements Filter {
        public And {
            all = List.copyOf(all);
        }
    }

    /** @param any none means false */
    record Or(List<Filter> any) implements Filter {
        public Or {
            any = List.copyOf(any);
        }
    }

    record Not(Filter filter) implements Filter {}

    static Filter equal(String field, Object value) {
        return Path.of(field).is(value);
    }

    /** One alone stands for itself. */
    static Filter and(Filter... all) {
        return all.length == 1 ? all[0] : new And(List.of(all));
    }

    /** One alone stands for itself. */
    static Filter or(Filter... any) {
        return any.length == 1 ? any[0] : new Or(List.of(any));
    }

    static Filter not(Filter filter) {
        return new Not(filter);
    }

    private static List<Object> operands(List<Object> values) {
        List<Object> plain = new ArrayList<>(values.size());
        values.forEach(value -> plain.add(operand(value)));
        return List.copyOf(plain);
    }

    private static Object operand(Object value) {
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        Object plain = value instanceof Float number ? (Object) (double) number : value;
        boolean fits = plain instanceof Long
                || plain instanceof Boolean
                || (plain instanceof Double number && Double.isFinite(number))
                || (plain instanceof String text && Texts.isWellFormed(text));
        if (!fits) {
            throw new IllegalArgumentException(
                    "'" + value
                            + "' in a filter: must be well-formed text, a whole number of 64 bits, a finite number or a Boolean");
        }
        return plain;
    }
}
