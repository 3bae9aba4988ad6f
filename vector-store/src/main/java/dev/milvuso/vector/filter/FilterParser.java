package dev.milvuso.vector.filter;

import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Path;
import java.math.BigInteger;
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

    private final FilterLexer lexer;
    private Token next;
    private int depth;

    private FilterParser(String text) {
        lexer = new FilterLexer(text);
        next = lexer.next();
    }

    /** @throws FilterSyntaxException naming what is wrong and where */
    public static Filter parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new FilterSyntaxException(
                    MAX_LENGTH, "the text has " + text.length() + " characters, at most " + MAX_LENGTH + " are read");
        }
        FilterParser parser = new FilterParser(text);
        Filter filter = parser.or();
        if (parser.next.kind() != Token.Kind.END) {
            throw parser.expected("'and', 'or' or the end");
        }
        return filter;
    }

    private Filter or() {
        List<Filter> any = new ArrayList<>(List.of(and()));
        while (next.is("or") || next.is("||")) {
            take();
            any.add(and());
        }
        return Filter.or(any.toArray(new Filter[0]));
    }

    private Filter and() {
        List<Filter> all = new ArrayList<>(List.of(unary()));
        while (next.is("and") || next.is("&&")) {
            take();
            all.add(unary());
        }
        return Filter.and(all.toArray(new Filter[0]));
    }

    private Filter unary() {
        if (++depth > MAX_DEPTH) {
            throw new FilterSyntaxException(next.position(), "more than " + MAX_DEPTH + " levels deep");
        }
        Filter filter = next.is("not") || next.is("!") ? negation() : predicate();
        depth--;
        return filter;
    }

    private Filter negation() {
        take();
        return new Filter.Not(unary());
    }

    private Filter predicate() {
        if (next.is("exists")) {
            take();
            return new Filter.Exists(path());
        }
        if (next.kind() == Token.Kind.KEYWORD && next.text().contains("_")) {
            String function = take().text();
            return function.equals("array_length") ? length() : contains(function);
        }
        if (next.kind() == Token.Kind.IDENTIFIER) {
            return ofPath();
        }
        if (next.is("(")) {
            return parenthesised();
        }
        return startingWith(literal());
    }

    /** What parentheses hold is a filter, or the number that cannot be written otherwise. */
    private Filter parenthesised() {
        Token open = take();
        if (next.kind() == Token.Kind.NUMBER || next.is("-")) {
            Object first = literal();
            if (next.is("-") || next.is("+")) {
                return startingWith(sum(first, open));
            }
            Filter filter = rest(startingWith(first));
            expect(")");
            return filter;
        }
        Filter filter = or();
        expect(")");
        return filter;
    }

    /** Goes on behind the first part of what {@link #or} would have read whole. */
    private Filter rest(Filter first) {
        Filter all = first;
        if (next.is("and") || next.is("&&")) {
            List<Filter> parts = new ArrayList<>(List.of(first));
            while (next.is("and") || next.is("&&")) {
                take();
                parts.add(unary());
            }
            all = new Filter.And(parts);
        }
        List<Filter> any = new ArrayList<>(List.of(all));
        while (next.is("or") || next.is("||")) {
            take();
            any.add(and());
        }
        return Filter.or(any.toArray(new Filter[0]));
    }

    private Filter startingWith(Object value) {
        Filter.@Nullable Operator first = operator();
        if (first == null) {
            if (value instanceof Boolean constant) {
                return constant ? new Filter.And(List.of()) : new Filter.Or(List.of());
            }
            throw expected("a comparison");
        }
        take();
        Path path = path();
        Filter.@Nullable Operator second = operator();
        if (second == null) {
            return new Filter.Compare(path, mirrored(first), value);
        }
        return range(path, value, first, second);
    }

    private Filter range(Path path, Object value, Filter.Operator first, Filter.Operator second) {
        boolean rising = isLess(first) && isLess(second);
        if (!rising && !(isLess(mirrored(first)) && isLess(mirrored(second)))) {
            throw expected("a comparison in the direction of the first, < or <= with < or <=, > or >= with > or >=");
        }
        take();
        Object other = literal();
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
        Path path = path();
        if (next.is("in")) {
            take();
            return new Filter.In(path, list());
        }
        if (next.is("not")) {
            take();
            expect("in");
            return new Filter.Not(new Filter.In(path, list()));
        }
        if (next.is("like")) {
            take();
            return new Filter.Like(path, text());
        }
        if (next.is("is")) {
            return isNull(path);
        }
        Filter.@Nullable Operator operator = operator();
        if (operator == null) {
            throw expected("a comparison, 'in', 'not in', 'like' or 'is null'");
        }
        take();
        return new Filter.Compare(path, operator, literal());
    }

    private Filter isNull(Path path) {
        take();
        boolean not = next.is("not");
        if (not) {
            take();
        }
        expect("null");
        return not ? new Filter.Not(new Filter.IsNull(path)) : new Filter.IsNull(path);
    }

    private Filter contains(String function) {
        expect("(");
        Path path = path();
        expect(",");
        boolean all = function.endsWith("_all");
        List<Object> values = all || function.endsWith("_any") ? list() : List.of(literal());
        expect(")");
        return new Filter.ArrayContains(path, all ? Filter.Quantifier.ALL : Filter.Quantifier.ANY, values);
    }

    private Filter length() {
        expect("(");
        Path path = path();
        expect(")");
        Filter.@Nullable Operator operator = operator();
        if (operator == null) {
            throw expected("a comparison with the array's length");
        }
        take();
        Token number = next;
        if (!(literal() instanceof Long length) || length < 0) {
            throw new FilterSyntaxException(number.position(), "an array's length is compared with 0, 1, 2, …");
        }
        return new Filter.ArrayLength(path, operator, length);
    }

    private Path path() {
        if (next.kind() != Token.Kind.IDENTIFIER) {
            throw expected("a field");
        }
        Token field = take();
        List<Path.Step> steps = new ArrayList<>();
        while (next.is("[")) {
            take();
            steps.add(step());
            expect("]");
        }
        if (!field.text().equals(FilterText.DYNAMIC)) {
            return new Path(field.text(), steps);
        }
        if (steps.isEmpty() || !(steps.get(0) instanceof Path.Step.Key name)) {
            throw new FilterSyntaxException(field.position(), "$meta must be followed by a key, such as [\"name\"]");
        }
        return new Path(name.name(), steps.subList(1, steps.size()));
    }

    private Path.Step step() {
        Token token = take();
        if (token.kind() == Token.Kind.TEXT && !token.text().isEmpty()) {
            return new Path.Step.Key(token.text());
        }
        if (token.value() instanceof Long index && index <= Integer.MAX_VALUE) {
            return new Path.Step.Index(index.intValue());
        }
        throw new FilterSyntaxException(token.position(), "between [ and ] must stand a key in quotes or an index");
    }

    private List<Object> list() {
        expect("[");
        List<Object> values = new ArrayList<>();
        while (!next.is("]")) {
            values.add(literal());
            if (!next.is("]")) {
                expect(",");
            }
        }
        take();
        return values;
    }

    private String text() {
        if (next.kind() != Token.Kind.TEXT) {
            throw expected("a text in quotes");
        }
        return take().text();
    }

    private Object literal() {
        if (next.kind() == Token.Kind.TEXT) {
            return take().text();
        }
        if (next.is("true") || next.is("false")) {
            return take().text().equals("true");
        }
        if (next.is("(")) {
            Token open = take();
            return sum(literal(), open);
        }
        boolean negative = next.is("-");
        if (negative || next.is("+")) {
            take();
        }
        if (next.kind() != Token.Kind.NUMBER) {
            throw expected("a text in quotes, a number, true or false");
        }
        Token number = take();
        if (number.value() instanceof Double real) {
            return negative ? -real : real;
        }
        if (number.value() instanceof BigInteger) {
            if (!negative) {
                throw new FilterSyntaxException(number.position(), "'" + number.text() + "' is beyond 64 bits");
            }
            return Long.MIN_VALUE;
        }
        return negative ? -(Long) number.value() : number.value();
    }

    /** The rest of (-9223372036854775807 - 1), which is how Milvus must be given the least number. */
    private Object sum(Object first, Token open) {
        if (next.is(")")) {
            take();
            return first;
        }
        boolean minus = next.is("-");
        if (!(first instanceof Long left) || (!minus && !next.is("+"))) {
            throw new FilterSyntaxException(open.position(), "only a sum of two whole numbers may stand here");
        }
        take();
        Object second = literal();
        expect(")");
        if (!(second instanceof Long right)) {
            throw new FilterSyntaxException(open.position(), "only a sum of two whole numbers may stand here");
        }
        try {
            return minus ? Math.subtractExact(left, right) : Math.addExact(left, right);
        } catch (ArithmeticException e) {
            throw new FilterSyntaxException(open.position(), "the sum is beyond 64 bits");
        }
    }

    private Filter.@Nullable Operator operator() {
        if (next.kind() != Token.Kind.SYMBOL) {
            return null;
        }
        return switch (next.text()) {
            case "==" -> Filter.Operator.EQUAL;
            case "!=" -> Filter.Operator.NOT_EQUAL;
            case "<" -> Filter.Operator.LESS;
            case "<=" -> Filter.Operator.LESS_OR_EQUAL;
            case ">" -> Filter.Operator.GREATER;
            case ">=" -> Filter.Operator.GREATER_OR_EQUAL;
            default -> null;
        };
    }

    private Token take() {
        Token taken = next;
        next = lexer.next();
        return taken;
    }

    private void expect(String text) {
        if (!next.is(text)) {
            throw expected("'" + text + "'");
        }
        take();
    }

    private FilterSyntaxException expected(String what) {
        return new FilterSyntaxException(next.position(), what + " expected, but here is " + next.shown());
    }
}
