package dev.milvuso.vector.filter;

import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Names;
import dev.milvuso.vector.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A filter in Milvus's own language. Texts are quoted and escaped here, so that no operand can change the expression.
 * {@link FilterParser} reads back the same filter, if no {@code And} and no {@code Or} in it has just one part.
 */
public final class FilterText {
    /** Before the name of a dynamic field that could not stand for itself. */
    static final String DYNAMIC = "$meta";

    private FilterText() {}

    public static String of(Filter filter) {
        if (filter instanceof Filter.Compare compare) {
            return of(compare.path()) + " " + symbol(compare.operator()) + " " + literal(compare.value());
        }
        if (filter instanceof Filter.Between between) {
            return literal(between.low())
                    + (between.lowIncluded() ? " <= " : " < ")
                    + of(between.path())
                    + (between.highIncluded() ? " <= " : " < ")
                    + literal(between.high());
        }
        if (filter instanceof Filter.In in) {
            return of(in.path()) + " in " + list(in.values());
        }
        if (filter instanceof Filter.Like like) {
            return of(like.path()) + " like " + literal(like.pattern());
        }
        if (filter instanceof Filter.ArrayContains contains) {
            return contains(contains);
        }
        if (filter instanceof Filter.ArrayLength length) {
            return "array_length(" + of(length.path()) + ") " + symbol(length.operator()) + " " + length.length();
        }
        if (filter instanceof Filter.Exists exists) {
            return "exists " + of(exists.path());
        }
        if (filter instanceof Filter.IsNull isNull) {
            return of(isNull.path()) + " is null";
        }
        if (filter instanceof Filter.And and) {
            return and.all().isEmpty() ? "true" : joined(and.all(), " and ");
        }
        if (filter instanceof Filter.Or or) {
            return or.any().isEmpty() ? "false" : joined(or.any(), " or ");
        }
        return negated(((Filter.Not) filter).filter());
    }

    private static String negated(Filter filter) {
        if (filter instanceof Filter.In in) {
            return of(in.path()) + " not in " + list(in.values());
        }
        if (filter instanceof Filter.IsNull isNull) {
            return of(isNull.path()) + " is not null";
        }
        return "not (" + of(filter) + ")";
    }

    private static String joined(List<Filter> filters, String word) {
        return filters.stream().map(filter -> "(" + of(filter) + ")").collect(Collectors.joining(word));
    }

    private static String contains(Filter.ArrayContains contains) {
        boolean all = contains.quantifier() == Filter.Quantifier.ALL;
        if (!all && contains.values().size() == 1) {
            return "array_contains(" + of(contains.path()) + ", "
                    + literal(contains.values().get(0)) + ")";
        }
        return (all ? "array_contains_all(" : "array_contains_any(") + of(contains.path()) + ", "
                + list(contains.values()) + ")";
    }

    public static String of(Path path) {
        StringBuilder text = new StringBuilder();
        if (Names.isPlain(path.field()) && !Names.isWord(path.field())) {
            text.append(path.field());
        } else {
            text.append(DYNAMIC).append('[').append(key(path.field())).append(']');
        }
        for (Path.Step step : path.steps()) {
            text.append('[');
            if (step instanceof Path.Step.Key key) {
                text.append(key(key.name()));
            } else {
                text.append(((Path.Step.Index) step).index());
            }
            text.append(']');
        }
        return text.toString();
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

    private static String list(List<Object> values) {
        return values.stream().map(FilterText::literal).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String literal(Object value) {
        if (value instanceof Long number && number == Long.MIN_VALUE) {
            // Its digits without the sign are no Long, and Milvus reads the sign last.
            return "(" + (Long.MIN_VALUE + 1) + " - 1)";
        }
        return value instanceof String text ? quoted(text) : String.valueOf(value);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(codePoint -> {
            if (codePoint > '~' || codePoint < ' ') {
                quoted.append(String.format(codePoint <= 0xFFFF ? "\\u%04x" : "\\U%08x", codePoint));
            } else {
                escaped(quoted, codePoint);
            }
        });
        return quoted.append('"').toString();
    }

    /** Milvus takes the escapes of keys as they are written: as few as may be. */
    private static String key(String name) {
        StringBuilder quoted = new StringBuilder(name.length() + 2).append('"');
        name.codePoints().forEach(codePoint -> {
            if (codePoint < ' ') {
                quoted.append(String.format("\\u%04x", codePoint));
            } else {
                escaped(quoted, codePoint);
            }
        });
        return quoted.append('"').toString();
    }

    private static void escaped(StringBuilder quoted, int codePoint) {
        if (codePoint == '"' || codePoint == '\\') {
            quoted.append('\\');
        }
        quoted.appendCodePoint(codePoint);
    }
}
