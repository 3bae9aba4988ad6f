package dev.milvuso.vector.index;

/**
 * What a graph is made for.
 *
 * @param dimension numbers in a vector, 1 to 32768
 * @param links of a row on each level, twice as many on the lowest; 2 to 256
 * @param breadth of the search for a new row's neighbours, the links at least
 * @param exactBelow with fewer rows, or fewer that match a filter, every one is scored exactly
 * @param seed of the rows' levels
 */
public record HnswSettings(Similarity similarity, int dimension, int links, int breadth, int exactBelow, long seed) {
    /** @throws IllegalArgumentException if a number is out of range */
    public HnswSettings {
        check("dimension", dimension, 1, 32768);
        check("links", links, 2, 256);
        check("breadth", breadth, links, 1 << 20);
        check("exact below", exactBelow, 1, Integer.MAX_VALUE);
    }

    private static void check(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is " + value + ": must be " + least + " to " + most);
        }
    }

    public static HnswSettings of(Similarity similarity, int dimension) {
        return new HnswSettings(similarity, dimension, 16, 200, 2048, 1);
    }
}
