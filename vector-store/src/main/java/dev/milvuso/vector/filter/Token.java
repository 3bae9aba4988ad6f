package dev.milvuso.vector.filter;

/**
 * A word of a filter's text.
 *
 * @param position of its first char
 * @param text of an identifier or a symbol as it stands, of a keyword in lower case, of a text without its quotes
 * @param value of a number
 */
record Token(Kind kind, int position, String text, Object value) {
    enum Kind {
        IDENTIFIER,
        KEYWORD,
        SYMBOL,
        TEXT,
        /** {@link Long}, or {@link Double}; a {@link java.math.BigInteger} of 2 to the power of 63 may be negated. */
        NUMBER,
        END
    }

    boolean is(String expected) {
        return (kind == Kind.SYMBOL || kind == Kind.KEYWORD) && text.equals(expected);
    }

    /** As a message names it. */
    String shown() {
        return switch (kind) {
            case END -> "the end";
            case TEXT -> "a text";
            default -> "'" + text + "'";
        };
    }
}
