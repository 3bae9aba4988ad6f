package dev.milvuso.trainer.math;

/**
 * The natural logarithm by additions, multiplications and one division, so that it has the same bits on every JVM; that
 * of {@code Math} may differ from one to another, and that of {@code StrictMath} is slow. With {@code x = 2ⁿ · m}, m
 * between √½ and √2, it is {@code n ln 2 + 2 artanh(s)}, {@code s = (m - 1) / (m + 1)}.
 */
public final class Logarithm {
    private static final double LN_2 = 0.6931471805599453;

    /** The bits of √½. */
    private static final long LEAST = Double.doubleToRawLongBits(0.7071067811865476);

    private static final long EXPONENT = 0xfff0000000000000L;

    private Logarithm() {}

    /** ln x; error at most 4e-16 times the larger of the result and 1. NaN below 0, -∞ at 0. */
    public static double of(double x) {
        if (!(x >= Double.MIN_NORMAL && x <= Double.MAX_VALUE)) {
            return StrictMath.log(x);
        }
        long bits = Double.doubleToRawLongBits(x);
        long exponent = (bits - LEAST) & EXPONENT;
        double m = Double.longBitsToDouble(bits - exponent);
        double s = (m - 1) / (m + 1);
        double z = s * s;
        double series = 1.0 / 21;
        series = series * z + 1.0 / 19;
        series = series * z + 1.0 / 17;
        series = series * z + 1.0 / 15;
        series = series * z + 1.0 / 13;
        series = series * z + 1.0 / 11;
        series = series * z + 1.0 / 9;
        series = series * z + 1.0 / 7;
        series = series * z + 1.0 / 5;
        series = series * z + 1.0 / 3;
        return (exponent >> 52) * LN_2 + (2 * s + 2 * s * z * series);
    }
}
