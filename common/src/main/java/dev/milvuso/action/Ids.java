package dev.milvuso.action;

/**
 * The rule that every id obeys (CONTRACT: 1 to 128 code points, no white space, control characters or lone surrogates).
 */
final class Ids {
    private static final int MAX_CODE_POINTS = 128;

    private Ids() {}

    /** @throws IllegalArgumentException naming the field and the fault */
    static String check(String field, String id) {
        if (id.isEmpty()) {
            throw new IllegalArgumentException(field + " is empty: an id has 1 to 128 characters");
        }
        if (id.length() > MAX_CODE_POINTS && id.codePointCount(0, id.length()) > MAX_CODE_POINTS) {
            throw new IllegalArgumentException(field + " is longer than 128 characters");
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (c > ' ' && c < 0x7f) {
                continue;
            }
            int codePoint = id.codePointAt(i);
            if (Character.isSupplementaryCodePoint(codePoint)) {
                i++;
            }
            if (isForbidden(codePoint)) {
                throw new IllegalArgumentException(
                        field + " holds U+" + String.format("%04X", codePoint) + " at position " + i
                                + ": white space, control characters and lone surrogates are not allowed in an id");
            }
        }
        return id;
    }

    private static boolean isForbidden(int codePoint) {
        return Character.isWhitespace(codePoint)
                || Character.isSpaceChar(codePoint)
                || Character.isISOControl(codePoint)
                || Character.getType(codePoint) == Character.SURROGATE;
    }
}
