package dev.milvuso.benchmarks.trainer;

/** STREAM's triad (McCalpin, 1995), {@code a = b + c * s}, over arrays that fit no cache; counted as STREAM counts. */
final class Triad implements Kernel {
    private static final int LENGTH = 8 << 20;

    private final float[] a = new float[LENGTH];
    private final float[] b = new float[LENGTH];
    private final float[] c = new float[LENGTH];

    @Override
    public void pass() {
        for (int i = 0; i < LENGTH; i++) {
            a[i] = b[i] + c[i] * 3;
        }
    }

    @Override
    public double workOfPass() {
        return 3.0 * Float.BYTES * LENGTH;
    }
}
