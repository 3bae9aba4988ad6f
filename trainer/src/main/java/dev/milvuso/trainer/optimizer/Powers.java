package dev.milvuso.trainer.optimizer;

/** Powers by multiplications alone, so that they have the same bits on every JVM; {@code Math.pow} promises none. */
final class Powers {
    private Powers() {}

    /** @param exponent a whole number, 0 or more */
    static double of(double base, double exponent) {
        double power = 1;
        double square = base;
        for (int left = (int) exponent; left > 0; left >>= 1) {
            if ((left & 1) != 0) {
                power *= square;
            }
            square *= square;
        }
        return power;
    }
}
