package dev.milvuso.vector;

import java.nio.charset.StandardCharsets;

/** What texts are and how they are ordered: as their UTF-8 forms, which is what servers store and compare. */
public final class Texts {
    private Texts() {}

    /** A lone surrogate has no UTF-8 form: stores would silently take another text in its place. */
    public static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (Character.isHighSurrogate(next)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(next)) {
                return false;
            }
        }
        return true;
    }

    /** Whether it is well-formed and its UTF-8 form has at most so many bytes. */
    public static boolean fits(String text, int maxBytes) {
        boolean surely = text.length() * 3L <= maxBytes;
        return isWellFormed(text) && (surely || text.getBytes(StandardCharsets.UTF_8).length <= maxBytes);
    }

    /** By code point, as the bytes of the UTF-8 forms are ordered. */
    public static int compare(String a, String b) {
        for (int i = 0; i < Math.min(a.length(), b.length()); i++) {
            char first = a.charAt(i);
            char second = b.charAt(i);
            if (first != second) {
                boolean bothOrNone = Character.isSurrogate(first) == Character.isSurrogate(second);
                // A surrogate is part of a code point beyond all that fit one char.
                return bothOrNone ? first - second : Character.isSurrogate(first) ? 1 : -1;
            }
        }
        return a.length() - b.length();
    }

    /** The pattern of {@link Filter.Like} that stands for this text alone. */
    public static String escapedForLike(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
}
