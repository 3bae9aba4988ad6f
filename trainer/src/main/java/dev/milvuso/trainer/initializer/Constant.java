package dev.milvuso.trainer.initializer;

import java.util.Arrays;
import java.util.SplittableRandom;

/** The same for every number: only of use where the other rows differ, since rows that are alike stay alike. */
public record Constant(double number) implements Initializer {
    @Override
    public void fill(SplittableRandom random, float[] rows, int offset, int length) {
        Arrays.fill(rows, offset, offset + length, (float) number);
    }
}
