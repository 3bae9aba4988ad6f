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
    final int groups;
    /** Shape [blocks, groups, 32]. */
    final short[] codes;
    /** Shape [blocks * 32], as are the biases. */
    final float[] scales;

    final float[] biases;

    /** @param capacity in rows; made a multiple of 32 */
    CodeBlocks(int capacity, int groups) {
        int rounded = rounded(capacity);
        this.groups = groups;
        this.codes = new short[rounded * groups];
        this.scales = new float[rounded];
        this.biases = new float[rounded];
    }

    /** Up to whole blocks. */
    static int rounded(int rows) {
        return Math.max(1, (rows + IndexMath.BLOCK - 1) / IndexMath.BLOCK) * IndexMath.BLOCK;
    }

    int capacity() {
        return scales.length;
    }

    void set(int place, RowCode code) {
        scales[place] = code.scale;
        biases[place] = code.bias;
        int at = first(place);
        for (short packed : code.packed) {
            codes[at] = packed;
            at += IndexMath.BLOCK;
        }
    }

    /** With room for so many rows. */
    CodeBlocks copy(int capacity) {
        CodeBlocks copy = new CodeBlocks(capacity, groups);
        int rows = Math.min(capacity(), copy.capacity());
        System.arraycopy(codes, 0, copy.codes, 0, rows * groups);
        System.arraycopy(scales, 0, copy.scales, 0, rows);
        System.arraycopy(biases, 0, copy.biases, 0, rows);
        return copy;
    }

    private int first(int place) {
        return place / IndexMath.BLOCK * groups * IndexMath.BLOCK + place % IndexMath.BLOCK;
    }

    long bytes() {
        return 2L * codes.length + 8L * scales.length + 64;
    }
}
