package dev.milvuso.vector.milvus;

/**
 * Milvus Lite's way of writing what Milvus writes otherwise: it takes characters as they are, knows no escapes by
 * number, and has a literal for the least number.
 */
final class LiteFilterText {
    private static final String LEAST = "(-9223372036854775807 - 1)";
    private static final int SHORT = 4;
    private static final int LONG = 8;

    private final String milvus;
    private final StringBuilder lite = new StringBuilder();
    private int at;

    private LiteFilterText(String milvus) {
        this.milvus = milvus;
    }

    /** @param milvus as our {@code FilterText} writes it, whose texts stand in double quotes */
    static String of(String milvus) {
        LiteFilterText text = new LiteFilterText(milvus);
        while (text.at < milvus.length()) {
            text.outside();
        }
        return text.lite.toString();
    }

    private void outside() {
        if (milvus.startsWith(LEAST, at)) {
            lite.append(Long.MIN_VALUE);
            at += LEAST.length();
        } else if (milvus.charAt(at) == '"') {
            lite.append(milvus.charAt(at++));
            while (milvus.charAt(at) != '"') {
                inside();
            }
            lite.append(milvus.charAt(at++));
        } else {
            lite.append(milvus.charAt(at++));
        }
    }

    private void inside() {
        if (milvus.charAt(at) != '\\') {
            lite.append(milvus.charAt(at++));
        } else if (milvus.charAt(at + 1) == 'u') {
            character(SHORT);
        } else if (milvus.charAt(at + 1) == 'U') {
            character(LONG);
        } else {
            lite.append(milvus, at, at + 2);
            at += 2;
        }
    }

    private void character(int digits) {
        int from = at + 2;
        at = from + digits;
        int character = Integer.parseInt(milvus, from, at, 16);
        switch (character) {
            case '\n' -> lite.append("\\n");
            case '\r' -> lite.append("\\r");
            case '\t' -> lite.append("\\t");
            default -> lite.appendCodePoint(character);
        }
    }
}
