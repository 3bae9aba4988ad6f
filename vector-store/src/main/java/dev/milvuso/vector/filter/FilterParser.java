package dev.milvuso.vector.filter;

import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a filter from Milvus's language: {@code year >= 1990 and tags["x"] in ["a", "b"] or not (title like "The%")}.
 * Of that language it leaves out arithmetic, comparisons of two fields and functions other than those of arrays.
 * Recursive descent; a parser reads one text.
 */
public final class FilterParser {
    /** In chars. */
    public static final int MAX_LENGTH = 1 << 20;

    /** Of parentheses and negations within each other. */
    public static final int MAX_DEPTH = 100;

    private final Tokens tokens;
    private final OperandReader operands;
    private int depth;

    private FilterParser(String text) {
        tokens = new Tokens(text);
        operands = new OperandReader(tokens);
    }

    /** @throws FilterSyntaxException naming what is wrong and where */
    public static Filter parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new FilterSyntaxException(
                    MAX_LENGTH, "the text has " + text.length() + " characters, at most " + MAX_LENGTH + " are read");
        }
        FilterParser parser = new FilterParser(text);
        Filter filter = parser.or();
        if (parser.tokens.next().kind() != Token.Kind.END) {
            throw parser.tokens.expected("'and', 'or' or the end");
        }
        return filter;
    }

    private Filter or() {
        List<Filter> any = new ArrayList<>(List.of(and()));
        while (tokens.took("or", "||")) {
            any.add(and());
        }
        return Filter.or(any.toArray(new Filter[0]));
    }

    private Filter and() {
        List<Filter> all = new ArrayList<>(List.of(unary()));
        while (tokens.took("and", "&&")) {
            all.add(unary());
        }
        return Filter.and(all.toArray(new Filter[0]));
    }

    private Filter unary() {
        if (++depth > MAX_DEPTH) {
            throw new FilterSyntaxException(tokens.next().position(), "more than " + MAX_DEPTH + " levels deep");
        }
        Filter filter = tokens.next().is("not") || tokens.next().is("!") ? negation() : predicate();
        depth--;
        return filter;
    }

    private Filter negation() {
        tokens.take();
        return new Filter.Not(unary());
    }

    private Filter predicate() {
        if (tokens.took("exists")) {
            return new Filter.Exists(operands.path());
        }
        if (tokens.next().kind() == Token.Kind.KEYWORD && tokens.next().text().contains("_")) {
            String function = tokens.take().text();
            return function.equals("array_length") ? length() : contains(function);
        }
        if (tokens.next().kind() == Token.Kind.IDENTIFIER) {
            return ofPath();
        }
        if (tokens.next().is("(")) {
            return parenthesised();
        }
        if (!operands.isValue()) {
            throw tokens.expected("a condition, such as year >= 1990,");
        }
        return startingWith(operands.literal());
    }

    /** What parentheses hold is a filter, or the number that cannot be written otherwise. */
    private Filter parenthesised() {
        Token open = tokens.take();
        if (tokens.next().kind() == Token.Kind.NUMBER || tokens.next().is("-")) {
            Object first = operands.literal();
            if (tokens.next().is("-") || tokens.next().is("+")) {
                return startingWith(operands.sum(first, open));
            }
            Filter filter = rest(startingWith(first));
            tokens.expect(")");
            return filter;
        }
        Filter filter = or();
        tokens.expect(")");
        return filter;
    }

    /** Goes on behind the first part of what {@link #or} would have read whole. */
    private Filter rest(Filter first) {
        Filter all = first;
        if (tokens.next().is("and") || tokens.next().is("&&")) {
            List<Filter> parts = new ArrayList<>(List.of(first));
            while (tokens.took("and", "&&")) {
                parts.add(unary());
            }
            all = new Filter.And(parts);
        }
        List<Filter> any = new ArrayList<>(List.of(all));
        while (tokens.took("or", "||")) {
            any.add(and());
        }
        return Filter.or(any.toArray(new Filter[0]));
    }

    private Filter startingWith(Object value) {
        Filter.@Nullable Operator first = operands.operator();
        if (first == null) {
            if (value instanceof Boolean constant) {
                return constant ? new Filter.And(List.of()) : new Filter.Or(List.of());
            }
            throw tokens.expected("a comparison");
        }
        tokens.take();
        Path path = operands.path();
        Filter.@Nullable Operator second = operands.operator();
        if (second == null) {
            return new Filter.Compare(path, mirrored(first), value);
        }
        return range(path, value, first, second);
    }

    private Filter range(Path path, Object value, Filter.Operator first, Filter.Operator second) {
        boolean rising = isLess(first) && isLess(second);
        if (!rising && !(isLess(mirrored(first)) && isLess(mirrored(second)))) {
            throw tokens.expected(
                    "a comparison in the direction of the first, < or <= with < or <=, > or >= with > or >=");
        }
        tokens.take();
        Object other = operands.literal();
        boolean firstIncluded = first == Filter.Operator.LESS_OR_EQUAL || first == Filter.Operator.GREATER_OR_EQUAL;
        boolean secondIncluded = second == Filter.Operator.LESS_OR_EQUAL || second == Filter.Operator.GREATER_OR_EQUAL;
        return rising
                ? new Filter.Between(path, value, firstIncluded, other, secondIncluded)
                : new Filter.Between(path, other, secondIncluded, value, firstIncluded);
    }

    private static boolean isLess(Filter.Operator operator) {
        return operator == Filter.Operator.LESS || operator == Filter.Operator.LESS_OR_EQUAL;
    }

    private static Filter.Operator mirrored(Filter.Operator operator) {
        return switch (operator) {
            case EQUAL, NOT_EQUAL -> operator;
            case LESS -> Filter.Operator.GREATER;
            case LESS_OR_EQUAL -> Filter.Operator.GREATER_OR_EQUAL;
            case GREATER -> Filter.Operator.LESS;
            case GREATER_OR_EQUAL -> Filter.Operator.LESS_OR_EQUAL;
        };
    }

    private Filter ofPath() {
        Path path = operands.path();
        if (tokens.took("in")) {
            return new Filter.In(path, operands.list());
        }
        if (tokens.took("not")) {
            tokens.expect("in");
            return new Filter.Not(new Filter.In(path, operands.list()));
        }
        if (tokens.took("like")) {
            return new Filter.Like(path, operands.text());
        }
        if (tokens.next().is("is")) {
            return isNull(path);
        }
        Filter.@Nullable Operator operator = operands.operator();
        if (operator == null) {
            throw tokens.expected("a comparison, 'in', 'not in', 'like' or 'is null'");
        }
        tokens.take();
        return new Filter.Compare(path, operator, operands.literal());
    }

    private Filter isNull(Path path) {
        tokens.take();
        boolean not = tokens.took("not");
        tokens.expect("null");
        return not ? new Filter.Not(new Filter.IsNull(path)) : new Filter.IsNull(path);
    }

    private Filter contains(String function) {
        tokens.expect("(");
        Path path = operands.path();
        tokens.expect(",");
        boolean all = function.endsWith("_all");
        List<Object> values = all || function.endsWith("_any") ? operands.list() : List.of(operands.literal());
        tokens.expect(")");
        return new Filter.ArrayContains(path, all ? Filter.Quantifier.ALL : Filter.Quantifier.ANY, values);
    }

    private Filter length() {
        tokens.expect("(");
        Path path = operands.path();
        tokens.expect(")");
        Filter.@Nullable Operator operator = operands.operator();
        if (operator == null) {
            throw tokens.expected("a comparison with the array's length");
        }
        tokens.take();
        Token number = tokens.next();
        if (!(operands.literal() instanceof Long length) || length < 0) {
            throw new FilterSyntaxException(number.position(), "an array's length is compared with 0, 1, 2, …");
        }
        return new Filter.ArrayLength(path, operator, length);
    }
}
