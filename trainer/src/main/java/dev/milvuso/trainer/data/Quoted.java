package dev.milvuso.trainer.data;

/**
 * Text of a file as a message shows it: in quotes, its beginning alone, nothing that would move a terminal's cursor.
 */
final class Quoted {
    private static final int MOST = 60;

    private Quoted() {}

    static String of(String text) {
        return "'" + abridged(text) + "'";
    }

    /** The same without quotes, of what is no string. */
    static String abridged(String text) {
        int end = text.offsetByCodePoints(0, Math.min(MOST, text.codePointCount(0, text.length())));
        String shown = text.substring(0, end).replaceAll("[\\p{Cntrl}\u2028\u2029]", "\uFFFD");
        return end < text.length() ? shown + "…" : shown;
    }
}
