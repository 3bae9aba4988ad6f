package dev.milvuso.vector.index;

/** A query as a graph's codes are multiplied with it; made to be used again. */
final class HnswQuery {
    /** Shape [4, groups]. */
    final short[] weights;

    short start;
    float factor;
    /** The score of the point that codes differ from. */
    float base;

    private final int groups;
    private final QueryCode code;

    /** @param groups of four dimensions, rounded up to a multiple of 16 */
    HnswQuery(int groups) {
        this.groups = groups;
        this.weights = new short[4 * groups];
        this.code = new QueryCode(groups);
    }

    /** @param query as {@link Similarity#placed} */
    void set(float[] query, Encoder encoder, float base) {
        encoder.encode(query, code);
        for (int g = 0; g < groups; g++) {
            for (int n = 0; n < 4; n++) {
                weights[n * groups + g] = code.plain[4 * g + n];
            }
        }
        this.start = code.start;
        this.factor = code.factor;
        this.base = base;
    }
}
