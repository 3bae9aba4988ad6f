package dev.milvuso.vector.index;

/** A query as small whole numbers: what {@link Encoder} writes, to be used again for the next query. */
final class QueryCode {
    /** Shape [groups, 4, 16]: see {@link IndexMath#codeSums}. */
    final short[] weights;

    /** The same, each weight once. Shape [groups * 4]. */
    final short[] plain;

    short start;
    /** Makes a sum an inner product of query and residual. */
    float factor;

    QueryCode(int groups) {
        this.weights = new short[groups * IndexMath.WEIGHTS];
        this.plain = new short[groups * 4];
    }
}
