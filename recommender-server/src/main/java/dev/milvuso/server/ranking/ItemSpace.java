package dev.milvuso.server.ranking;

import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.vector.index.IndexMath;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where items lie by what has been learned of them.
 *
 * @param models the vectors of each version
 * @param factors how many numbers at a vector's beginning are taste: the biases behind them say nothing of likeness
 */
public record ItemSpace(Function<ModelVersion, Vectors> models, int factors) {
    private static final IndexMath MATH = IndexMath.BEST;

    /** The items' by slot. */
    @FunctionalInterface
    public interface Vectors {
        /** Not to be changed; null if the model says nothing of the item. */
        float @Nullable [] of(int slot);
    }

    /** Over the numbers that are taste. */
    double dot(float[] one, float[] other) {
        return MATH.dot(one, other, 0, factors);
    }
}
