package dev.milvuso.trainer.initializer;

import java.util.SplittableRandom;

/**
 * Uniform in ±√(6 / (fan in + fan out)) (Glorot and Bengio, AISTATS 2010), both fans the dimension. A row depends on
 * the seed and its id alone, so it is the same in whatever order ids come.
 *
 * @param gain factor on that bound, 0 or more
 */
public record XavierInitializer(long seed, double gain) {
    public XavierInitializer(long seed) {
        this(seed, 1);
    }

    /** Fills {@code length} numbers from {@code offset} on. */
    public void fill(String kind, String id, float[] rows, int offset, int length) {
        SplittableRandom random = new SplittableRandom(seed ^ hash(kind, id));
        double bound = gain * Math.sqrt(6.0 / (2.0 * length));
        for (int i = 0; i < length; i++) {
            rows[offset + i] = (float) (bound * (2 * random.nextDouble() - 1));
        }
    }

    /** FNV-1a over the characters, 64 bits, the same on every machine. */
    static long hash(String kind, String id) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < kind.length(); i++) {
            hash = (hash ^ kind.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ 0xff) * 0x100000001b3L;
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }
}
