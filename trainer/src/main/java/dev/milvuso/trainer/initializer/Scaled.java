package dev.milvuso.trainer.initializer;

import java.util.SplittableRandom;

/**
 * Of variance {@code gain² · scale / length}, so that what a row of unit numbers is multiplied with it gives keeps its
 * size. Both fans of an embedding are its length, so that Xavier (Glorot and Bengio, AISTATS 2010) and LeCun (LeCun et
 * al., "Efficient BackProp", 1998) agree with scale 1; He (He et al., ICCV 2015) has scale 2.
 *
 * @param gain 0 or more
 * @param scale above 0
 * @param gaussian normal, or else uniform
 */
public record Scaled(double gain, double scale, boolean gaussian) implements Initializer {
    static Scaled uniform(double gain, double scale) {
        return new Scaled(gain, scale, false);
    }

    static Scaled normal(double gain, double scale) {
        return new Scaled(gain, scale, true);
    }

    @Override
    public void fill(SplittableRandom random, float[] rows, int offset, int length) {
        double deviation = gain * Math.sqrt(scale / length);
        Initializer plain = gaussian ? new Normal(deviation) : new Uniform(deviation * Math.sqrt(3));
        plain.fill(random, rows, offset, length);
    }
}
