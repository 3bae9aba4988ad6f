package dev.milvuso.vector.filter;

import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Path;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what filters are made of: fields, values and comparisons. */
final class OperandReader {
    private final Tokens tokens;

    OperandReader(Tokens tokens) {
        this.tokens = tokens;
    }

    Path path() {
        if (tokens.next().kind() != Token.Kind.IDENTIFIER) {
            throw tokens.expected("a field");
        }
        Token field = tokens.take();
        List<Path.Step> steps = new ArrayList<>();
        while (tokens.next().is("[")) {
            tokens.take();
            steps.add(step());
            tokens.expect("]");
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
        Token token = tokens.take();
        if (token.kind() == Token.Kind.TEXT && !token.text().isEmpty()) {
            return new Path.Step.Key(token.text());
        }
        if (token.value() instanceof Long index && index <= Integer.MAX_VALUE) {
            return new Path.Step.Index(index.intValue());
        }
        throw new FilterSyntaxException(token.position(), "between [ and ] must stand a key in quotes or an index");
    }

    List<Object> list() {
        tokens.expect("[");
        List<Object> values = new ArrayList<>();
        while (!tokens.next().is("]")) {
            values.add(literal());
            if (!tokens.next().is("]")) {
                tokens.expect(",");
            }
        }
        tokens.take();
        return values;
    }

    String text() {
        if (tokens.next().kind() != Token.Kind.TEXT) {
            throw tokens.expected("a text in quotes");
        }
        return tokens.take().text();
    }

    /** Whether {@link #literal} has something to read. */
    boolean isValue() {
        Token next = tokens.next();
        return next.kind() == Token.Kind.TEXT
                || next.kind() == Token.Kind.NUMBER
                || next.is("true")
                || next.is("false")
                || next.is("-")
                || next.is("+");
    }

    Object literal() {
        if (tokens.next().kind() == Token.Kind.TEXT) {
            return tokens.take().text();
        }
        if (tokens.next().is("true") || tokens.next().is("false")) {
            return tokens.take().text().equals("true");
        }
        if (tokens.next().is("(")) {
            Token open = tokens.take();
            return sum(literal(), open);
        }
        boolean negative = tokens.next().is("-");
        if (negative || tokens.next().is("+")) {
            tokens.take();
        }
        if (tokens.next().kind() != Token.Kind.NUMBER) {
            throw tokens.expected("a text in quotes, a number, true or false");
        }
        Token number = tokens.take();
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
    Object sum(Object first, Token open) {
        if (tokens.next().is(")")) {
            tokens.take();
            return first;
        }
        boolean minus = tokens.next().is("-");
        if (!(first instanceof Long left) || (!minus && !tokens.next().is("+"))) {
            throw new FilterSyntaxException(open.position(), "only a sum of two whole numbers may stand here");
        }
        tokens.take();
        Object second = literal();
        tokens.expect(")");
        if (!(second instanceof Long right)) {
            throw new FilterSyntaxException(open.position(), "only a sum of two whole numbers may stand here");
        }
        try {
            return minus ? Math.subtractExact(left, right) : Math.addExact(left, right);
        } catch (ArithmeticException e) {
            throw new FilterSyntaxException(open.position(), "the sum is beyond 64 bits");
        }
    }

    Filter.@Nullable Operator operator() {
        if (tokens.next().kind() != Token.Kind.SYMBOL) {
            return null;
        }
        return switch (tokens.next().text()) {
            case "==" -> Filter.Operator.EQUAL;
            case "!=" -> Filter.Operator.NOT_EQUAL;
            case "<" -> Filter.Operator.LESS;
            case "<=" -> Filter.Operator.LESS_OR_EQUAL;
            case ">" -> Filter.Operator.GREATER;
            case ">=" -> Filter.Operator.GREATER_OR_EQUAL;
            default -> null;
        };
    }
}
