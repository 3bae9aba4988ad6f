package dev.milvuso.vector.index;

/**
 * What an index is made for.
 *
 * @param dimension numbers in a vector, 1 to 32768
 * @param exactBelow with fewer rows, or fewer that match a filter, every one is scored exactly
 * @param seed of the lists' first centres
 */
public record IvfSettings(Similarity similarity, int dimension, int exactBelow, long seed) {
    /** @throws IllegalArgumentException if a number is out of range */
    public IvfSettings {
        if (dimension < 1 || dimension > 32768) {
            throw new IllegalArgumentException("dimension is " + dimension + ": must be 1 to 32768");
        }
        if (exactBelow < 1) {
            throw new IllegalArgumentException("exact below " + exactBelow + " rows: must be 1 or more");
        }
    }

    public static IvfSettings of(Similarity similarity, int dimension) {
        return new IvfSettings(similarity, dimension, 4096, 1);
    }
}
