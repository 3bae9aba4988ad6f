package dev.milvuso.server.http;

import com.fasterxml.jackson.databind.JsonNode;

/** Numbers that every store behind the server keeps as they are written. */
final class Numbers {
    /** Reads on from "must be". */
    static final String RULE = "a number of at most 100 digits within the range of double precision";

    private static final int DIGITS = 100;
    private static final int SCALE = 500;

    private Numbers() {}

    /**
     * Whether it is such a number. PostgreSQL writes numbers out in full: a huge exponent would become as many digits,
     * so it is asked for the double that is nearest, which is never expensive.
     */
    static boolean isStorable(JsonNode node) {
        if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
            return false;
        }
        var exact = node.decimalValue();
        return exact.precision() <= DIGITS
                && Math.abs((long) exact.scale()) <= SCALE // 0e999999999 is 0, too
                && (exact.signum() == 0 || node.doubleValue() != 0);
    }
}
