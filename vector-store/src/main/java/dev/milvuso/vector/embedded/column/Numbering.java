package dev.milvuso.vector.embedded.column;

import dev.milvuso.vector.Field;

/** How the values of a field stand as whole numbers, in the same order. */
enum Numbering {
    TRUTH,
    SMALL,
    WHOLE,
    SINGLE,
    REAL;

    static Numbering of(Field.Type type) {
        if (type instanceof Field.Type.Bool) {
            return TRUTH;
        }
        if (type instanceof Field.Type.Int whole) {
            return whole.bits() <= 32 ? SMALL : WHOLE;
        }
        return ((Field.Type.Real) type).bits() == 32 ? SINGLE : REAL;
    }

    NumberPages pages() {
        return this == WHOLE || this == REAL ? new LongPages() : new IntPages();
    }

    /** @param value of the field's type, or a filter's operand for such a field */
    long number(Object value) {
        return switch (this) {
            case TRUTH -> (Boolean) value ? 1 : 0;
            case SMALL, WHOLE -> (Long) value;
            case SINGLE -> inOrder(Float.floatToIntBits(((Number) value).floatValue()));
            case REAL -> inOrder(Double.doubleToLongBits(((Number) value).doubleValue()));
        };
    }

    /** What {@link #number} was made of. */
    Object value(long number) {
        return switch (this) {
            case TRUTH -> number != 0;
            case SMALL, WHOLE -> number;
            case SINGLE -> Float.intBitsToFloat(inOrder((int) number));
            case REAL -> Double.longBitsToDouble(inOrder(number));
        };
    }

    /** The least number of what equals a value: 0 equals -0. */
    long least(Object value) {
        return isZero(value) ? -1 : number(value);
    }

    /** The largest number of what equals a value. */
    long largest(Object value) {
        return isZero(value) ? 0 : number(value);
    }

    private boolean isZero(Object value) {
        return (this == SINGLE && ((Number) value).floatValue() == 0)
                || (this == REAL && ((Number) value).doubleValue() == 0);
    }

    /** The bits of a float as a number that grows with it, and back; -0 lies just below 0. */
    private static int inOrder(int bits) {
        return bits ^ ((bits >> 31) & Integer.MAX_VALUE);
    }

    private static long inOrder(long bits) {
        return bits ^ ((bits >> 63) & Long.MAX_VALUE);
    }
}
