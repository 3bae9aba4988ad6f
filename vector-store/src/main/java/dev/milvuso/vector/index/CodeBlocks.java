package dev.milvuso.vector.index;

/**
 * Codes of rows for scanning. Rows stand in blocks of 32; a block holds its rows' first four dimensions side by side,
 * then the next four, so that a lane of a register is a row and no sum goes across lanes (André, Kermarrec and Le
 * Scouarnec, "Quicker ADC", 2019, do so with tables; here codes are multiplied).
 *
 * <p>A row may be overwritten while others scan: they then see a score of neither, which counts only until the exact
 * one.
 */
final class CodeBlocks {
    private static final float[] NONE = new float[0];

    final int groups;
    /** Shape [blocks, groups + 2, 32]: the last two of a block are its scales, as {@link IndexMath#scores} has them. */
    final short[] codes;
    /** Shape [blocks * 32]; or none, while all are 0. */
    final float[] biases;

    private final int capacity;

    /**
     * @param capacity in rows; made a multiple of 32
     * @param biased whether rows may have another bias than 0
     */
    CodeBlocks(int capacity, int groups, boolean biased) {
        this.capacity = rounded(capacity);
        this.groups = groups;
        this.codes = new short[this.capacity * (groups + 2)];
        this.biases = biased ? new float[this.capacity] : NONE;
    }

    /** Up to whole blocks. */
    static int rounded(int rows) {
        return Math.max(1, (rows + IndexMath.BLOCK - 1) / IndexMath.BLOCK) * IndexMath.BLOCK;
    }

    int capacity() {
        return capacity;
    }

    void set(int place, RowCode code) {
        if (biases.length > 0) {
            biases[place] = code.bias;
        }
        int block = place / IndexMath.BLOCK * (groups + 2) * IndexMath.BLOCK;
        int row = place % IndexMath.BLOCK;
        for (int g = 0; g < groups; g++) {
            codes[block + g * IndexMath.BLOCK + row] = code.packed[g];
        }
        int scale = Float.floatToRawIntBits(code.scale);
        int at = block + groups * IndexMath.BLOCK + 2 * row;
        codes[at] = (short) scale;
        codes[at + 1] = (short) (scale >>> 16);
    }

    /** With room for so many rows. */
    CodeBlocks copy(int capacity) {
        CodeBlocks copy = new CodeBlocks(capacity, groups, biases.length > 0);
        System.arraycopy(codes, 0, copy.codes, 0, Math.min(codes.length, copy.codes.length));
        System.arraycopy(biases, 0, copy.biases, 0, Math.min(biases.length, copy.biases.length));
        return copy;
    }

    long bytes() {
        return 2L * codes.length + 4L * biases.length + 64;
    }
}
