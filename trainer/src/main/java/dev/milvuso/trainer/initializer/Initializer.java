package dev.milvuso.trainer.initializer;

import java.util.SplittableRandom;

/** What a row begins with. A row depends on the seed and its id alone, so it is the same in whatever order ids come. */
public interface Initializer {
    /** Fills {@code length} numbers from {@code offset} on with numbers of this row's own. */
    void fill(SplittableRandom random, float[] rows, int offset, int length);

    /**
     * @param name {@code xavier_uniform}, {@code xavier_normal}, {@code he_uniform}, {@code he_normal}, {@code lecun},
     *     {@code orthogonal}, {@code sparse}, {@code uniform}, {@code normal} or {@code constant}
     * @param gain factor on what the paper says; of the last three the bound, the standard deviation and the number
     */
    static Initializer named(String name, double gain) {
        return switch (name) {
            case "xavier_uniform" -> Scaled.uniform(gain, 1);
            case "xavier_normal" -> Scaled.normal(gain, 1);
            case "he_uniform" -> Scaled.uniform(gain, 2);
            case "he_normal" -> Scaled.normal(gain, 2);
            case "lecun" -> Scaled.normal(gain, 1);
            case "orthogonal" -> new Orthogonal(gain);
            case "sparse" -> new Sparse(0.1, gain);
            case "uniform" -> new Uniform(gain);
            case "normal" -> new Normal(gain);
            case "constant" -> new Constant(gain);
            default ->
                throw new IllegalArgumentException(
                        "initializer is '" + name
                                + "': must be xavier_uniform, xavier_normal, he_uniform, he_normal, lecun, orthogonal, sparse, uniform, normal or constant");
        };
    }
}
