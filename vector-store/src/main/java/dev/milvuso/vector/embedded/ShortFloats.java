package dev.milvuso.vector.embedded;

/** What is left of a 32-bit float in 16 bits, rounded to the nearest, ties to even. */
final class ShortFloats {
    /** Half precision's steps below this are all of one width. */
    private static final float LEAST_NORMAL_HALF = 0x1p-14f;

    private static final float STEP_BELOW = 0x1p-24f;

    private ShortFloats() {}

    /** @param number of at most 65504 */
    static float half(float number) {
        if (Math.abs(number) < LEAST_NORMAL_HALF) {
            return (float) Math.rint(number / STEP_BELOW) * STEP_BELOW;
        }
        return cut(number, 13);
    }

    static float brain(float number) {
        return cut(number, 16);
    }

    /** Rounds so many of the lowest bits away; the carry into the exponent is what rounding up asks for. */
    private static float cut(float number, int bits) {
        int raw = Float.floatToRawIntBits(number);
        int even = (raw >>> bits) & 1;
        int rounded = raw + (1 << (bits - 1)) - 1 + even;
        return Float.intBitsToFloat(rounded >>> bits << bits);
    }
}
