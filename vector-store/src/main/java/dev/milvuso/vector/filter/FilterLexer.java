package dev.milvuso.vector.filter;

import dev.milvuso.vector.Names;
import dev.milvuso.vector.Texts;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a filter's text into words. Not for use by several threads. */
final class FilterLexer {
    private static final List<String> SYMBOLS =
            List.of("==", "!=", "<=", ">=", "&&", "||", "<", ">", "!", "(", ")", "[", "]", ",", "+", "-");
    private static final Pattern NUMBER =
            Pattern.compile("0[xX][0-9a-fA-F]+|0[bB][01]+|(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");
    private static final Pattern IDENTIFIER = Pattern.compile("\\$meta\\b|[A-Za-z_][A-Za-z0-9_]*");
    private static final BigInteger BEYOND = BigInteger.ONE.shiftLeft(63);

    private final String text;
    private int at;

    FilterLexer(String text) {
        this.text = text;
    }

    /** @throws FilterSyntaxException if there is no word here */
    Token next() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        int start = at;
        if (at == text.length()) {
            return new Token(Token.Kind.END, start, "", "");
        }
        char first = text.charAt(at);
        if (first == '"' || first == '\'') {
            return new Token(Token.Kind.TEXT, start, quoted(first), "");
        }
        Matcher number = NUMBER.matcher(text).region(at, text.length());
        if (number.lookingAt()) {
            return number(start, number.group());
        }
        Matcher word = IDENTIFIER.matcher(text).region(at, text.length());
        if (word.lookingAt()) {
            at = word.end();
            String name = word.group();
            return Names.isWord(name)
                    ? new Token(Token.Kind.KEYWORD, start, name.toLowerCase(Locale.ROOT), "")
                    : new Token(Token.Kind.IDENTIFIER, start, name, "");
        }
        for (String symbol : SYMBOLS) {
            if (text.startsWith(symbol, at)) {
                at += symbol.length();
                return new Token(Token.Kind.SYMBOL, start, symbol, "");
            }
        }
        throw new FilterSyntaxException(
                start, "'" + Character.toString(text.codePointAt(at)) + "' has no meaning here");
    }

    private Token number(int start, String digits) {
        at += digits.length();
        if (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            throw new FilterSyntaxException(start, "a number must not run into a word");
        }
        return new Token(Token.Kind.NUMBER, start, digits, value(start, digits.toLowerCase(Locale.ROOT)));
    }

    private static Object value(int start, String digits) {
        BigInteger whole;
        if (digits.startsWith("0x")) {
            whole = new BigInteger(digits.substring(2), 16);
        } else if (digits.startsWith("0b")) {
            whole = new BigInteger(digits.substring(2), 2);
        } else if (digits.matches("0[0-9]+")) {
            throw new FilterSyntaxException(start, "'" + digits + "': a whole number must not begin with 0");
        } else if (digits.matches("[0-9]+")) {
            whole = new BigInteger(digits);
        } else {
            double real = Double.parseDouble(digits);
            if (Double.isInfinite(real)) {
                throw new FilterSyntaxException(start, "'" + digits + "' is too large");
            }
            return real;
        }
        if (whole.compareTo(BEYOND) > 0) {
            throw new FilterSyntaxException(start, "'" + digits + "' is beyond 64 bits");
        }
        return whole.equals(BEYOND) ? whole : (Object) whole.longValueExact();
    }

    private String quoted(char quote) {
        int start = at++;
        StringBuilder content = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            char next = text.charAt(at++);
            if (next == '\n' || next == '\r') {
                throw new FilterSyntaxException(at - 1, "a text must not run over a line's end: write \\n or \\r");
            }
            if (next == '\\') {
                escape(start, content);
            } else {
                content.append(next);
            }
        }
        if (at == text.length()) {
            throw new FilterSyntaxException(start, "the text that begins here has no closing " + quote);
        }
        at++;
        if (!Texts.isWellFormed(content.toString())) {
            throw new FilterSyntaxException(start, "the text that begins here holds half a character");
        }
        return content.toString();
    }

    private void escape(int start, StringBuilder content) {
        if (at == text.length()) {
            throw new FilterSyntaxException(start, "the text that begins here has no end");
        }
        char escaped = text.charAt(at++);
        switch (escaped) {
            case 'n' -> content.append('\n');
            case 'r' -> content.append('\r');
            case 't' -> content.append('\t');
            case 'a' -> content.append('\u0007');
            case 'b' -> content.append('\b');
            case 'f' -> content.append('\f');
            case 'v' -> content.append('\u000B');
            case '"', '\'', '\\', '?' -> content.append(escaped);
            case 'u' -> content.appendCodePoint(hexadecimal(4));
            case 'U' -> content.appendCodePoint(hexadecimal(8));
            default ->
                throw new FilterSyntaxException(
                        at - 2,
                        "\\" + escaped
                                + " is no escape: there are \\\" \\' \\\\ \\n \\r \\t \\a \\b \\f \\v \\u0000 \\U00000000");
        }
    }

    private int hexadecimal(int digits) {
        int end = at + digits;
        if (end > text.length() || !text.substring(at, end).matches("[0-9a-fA-F]+")) {
            throw new FilterSyntaxException(
                    at - 2, "\\" + text.charAt(at - 1) + " needs " + digits + " digits of 0-9, a-f");
        }
        long codePoint = Long.parseLong(text.substring(at, end), 16);
        if (codePoint > Character.MAX_CODE_POINT) {
            throw new FilterSyntaxException(at - 2, "there is no character " + text.substring(at, end));
        }
        at = end;
        return (int) codePoint;
    }
}
