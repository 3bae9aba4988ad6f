package dev.milvuso.vector.milvus;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Filter;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Filters in Milvus's own language. Texts are quoted and escaped here, so that no value can change the expression;
 * fields are names that {@link CollectionSchema} has checked.
 */
final class MilvusExpression {
    /** Ids are never empty. */
    private static final String TRUE = CollectionSchema.ID + " != \"\"";

    private static final String FALSE = CollectionSchema.ID + " == \"\"";

    private MilvusExpression() {}

    /** @param filter checked against the schema */
    static String of(Filter filter) {
        if (filter instanceof Filter.Compare compare) {
            return comparison(compare);
        }
        if (filter instanceof Filter.In in) {
            return in(in.field(), in.values());
        }
        if (filter instanceof Filter.And and) {
            return and.all().isEmpty() ? TRUE : joined(and.all(), " and ");
        }
        if (filter instanceof Filter.Or or) {
            return or.any().isEmpty() ? FALSE : joined(or.any(), " or ");
        }
        return "not (" + of(((Filter.Not) filter).filter()) + ")";
    }

    static String idIn(Collection<String> ids) {
        return in(CollectionSchema.ID, ids);
    }

    static String idNotIn(Collection<String> ids) {
        return ids.isEmpty() ? TRUE : CollectionSchema.ID + " not in " + list(ids);
    }

    private static String joined(List<Filter> filters, String word) {
        return filters.stream().map(filter -> "(" + of(filter) + ")").collect(Collectors.joining(word));
    }

    private static String in(String field, Collection<?> values) {
        if (values.isEmpty()) {
            return FALSE;
        }
        if (values.stream().allMatch(value -> value instanceof Boolean)) {
            return bool(field, values.contains(false), values.contains(true));
        }
        return field + " in " + list(values);
    }

    private static String list(Collection<?> values) {
        return values.stream().map(MilvusExpression::literal).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String comparison(Filter.Compare compare) {
        if (compare.value() instanceof Boolean operand) {
            return bool(
                    compare.field(),
                    holds(compare.operator(), Boolean.compare(false, operand)),
                    holds(compare.operator(), Boolean.compare(true, operand)));
        }
        return compare.field() + " " + symbol(compare.operator()) + " " + literal(compare.value());
    }

    private static String symbol(Filter.Operator operator) {
        return switch (operator) {
            case EQUAL -> "==";
            case NOT_EQUAL -> "!=";
            case LESS -> "<";
            case LESS_OR_EQUAL -> "<=";
            case GREATER -> ">";
            case GREATER_OR_EQUAL -> ">=";
        };
    }

    private static boolean holds(Filter.Operator operator, int order) {
        return switch (operator) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
        };
    }

    /** Milvus compares truth values for equality only. */
    private static String bool(String field, boolean whenFalse, boolean whenTrue) {
        if (whenFalse == whenTrue) {
            return whenTrue ? TRUE : FALSE;
        }
        return field + " == " + whenTrue;
    }

    private static String literal(Object value) {
        if (value instanceof Long number && number == Long.MIN_VALUE) {
            // Its digits without the sign are no Long, and Milvus reads the sign last.
            return "(" + (Long.MIN_VALUE + 1) + " - 1)";
        }
        return value instanceof String text ? quoted(text) : String.valueOf(value);
    }

    private static String quoted(String text) {
        return text.codePoints().mapToObj(MilvusExpression::escaped).collect(Collectors.joining("", "\"", "\""));
    }

    private static String escaped(int codePoint) {
        if (codePoint == '"' || codePoint == '\\') {
            return "\\" + (char) codePoint;
        }
        if (codePoint >= ' ' && codePoint <= '~') {
            return Character.toString(codePoint);
        }
        return codePoint <= 0xFFFF ? String.format("\\u%04x", codePoint) : String.format("\\U%08x", codePoint);
    }

    /** What all of them demand; empty if there are none, which demands nothing. */
    static String all(Stream<String> expressions) {
        return expressions.map(expression -> "(" + expression + ")").collect(Collectors.joining(" and "));
    }
}
