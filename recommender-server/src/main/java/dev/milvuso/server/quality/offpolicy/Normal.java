package dev.milvuso.server.quality.offpolicy;

/** The standard normal distribution. */
final class Normal {
    private Normal() {}

    /**
     * The number below which a share of it lies, by bisection of {@link #below}.
     *
     * @param share 0 to 1, exclusive
     */
    static double quantile(double share) {
        double low = -10;
        double high = 10;
        for (int i = 0; i < 80; i++) {
            double middle = (low + high) / 2;
            if (below(middle) < share) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /** The share below a number: 1/2 + φ(x) · (x + x³/3 + x⁵/15 + …) (Marsaglia, J. Stat. Softw. 11, 2004). */
    static double below(double x) {
        if (Math.abs(x) > 8) {
            return x < 0 ? 0 : 1;
        }
        double sum = x;
        double term = x;
        for (int i = 3; Math.abs(term) > 1e-17 && i < 500; i += 2) {
            term *= x * x / i;
            sum += term;
        }
        return 0.5 + sum * Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
    }
}
