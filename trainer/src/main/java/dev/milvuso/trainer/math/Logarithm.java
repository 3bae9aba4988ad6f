package dev.milvuso.trainer.math;

/**
 * The natural logarithm of what losses multiply up: the same bits on every JVM, in a fraction of the time. {@code 2ᵉ ·
 * m} with m from √½ to √2, and {@code ln m = 2 artanh((m - 1) / (m + 1))} by its series.
 */
public final class Logarithm {
    private static final long ROOT_HALF = Double.doubleToRawLongBits(Math.sqrt(0.5));

    private Logarithm() {}

    /** Of a positive, normal number; absolute error at most 1e-9 for each factor of 2, NaN stays NaN. */
    public static double of(double x) {
        if (Double.isNaN(x)) {
            return x;
        }
        long bits = Double.doubleToRawLongBits(x);
        long exponent = (bits - ROOT_HALF) >> 52;
        double m = Double.longBitsToDouble(bits - (exponent << 52));
        double s = (m - 1) / (m + 1);
        double z = s * s;
        double series = 1.0 / 11;
        series = Math.fma(series, z, 1.0 / 9);
        series = Math.fma(series, z, 1.0 / 7);
        series = Math.fma(series, z, 1.0 / 5);
        series = Math.fma(series, z, 1.0 / 3);
        series = Math.fma(series, z, 1);
        return Math.fma((double) exponent, 0.6931471805599453, 2 * s * series);
    }
}
