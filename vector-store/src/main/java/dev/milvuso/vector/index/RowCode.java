package dev.milvuso.vector.index;

/** A row as codes: what {@link Encoder} writes, to be used again for the next row. */
final class RowCode {
    /** Shape [groups]: four codes of 4 bits each. */
    final short[] packed;
    /** What an inner product with the codes is multiplied with. */
    float scale;
    /** What is then added: by squared distance what does not depend on the query, else 0. */
    float bias;

    /** Of the numbers that the row differs by from its centre. */
    float meanSquare;

    RowCode(int groups) {
        this.packed = new short[groups];
    }
}
