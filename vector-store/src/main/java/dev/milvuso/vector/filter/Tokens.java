package dev.milvuso.vector.filter;

/** The tokens of a text, one ahead. */
final class Tokens {
    private final FilterLexer lexer;
    private Token next;

    Tokens(String text) {
        lexer = new FilterLexer(text);
        next = lexer.next();
    }

    /** The one that {@link #take} will take. */
    Token next() {
        return next;
    }

    Token take() {
        Token taken = next;
        next = lexer.next();
        return taken;
    }

    /** Takes the next one if it is one of these. */
    boolean took(String... texts) {
        for (String text : texts) {
            if (next.is(text)) {
                take();
                return true;
            }
        }
        return false;
    }

    void expect(String text) {
        if (!took(text)) {
            throw expected("'" + text + "'");
        }
    }

    FilterSyntaxException expected(String what) {
        return new FilterSyntaxException(next.position(), what + " expected, but here is " + next.shown());
    }
}
