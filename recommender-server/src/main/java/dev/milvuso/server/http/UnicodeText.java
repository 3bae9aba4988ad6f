package dev.milvuso.server.http;

/** What every store behind the server keeps as it is. */
final class UnicodeText {
    private UnicodeText() {}

    /** Whether the text has neither NUL, which PostgreSQL refuses, nor half a character, which UTF-8 cannot write. */
    static boolean isStorable(String text) {
        return text.codePoints()
                .noneMatch(
                        point -> point == 0 || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE));
    }
}
