package dev.milvuso.trainer.parameter;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.FloatBuffer;

/**
 * The numbers that rows of one chunk had before they moved. One thread keeps rows, another looks them up meanwhile. It
 * costs a row's copy and no lock, since the thread that keeps them is the one that learns.
 */
final class KeptRows {
    /** Stands for a chunk whose rows nobody needs any more. */
    static final KeptRows UNNEEDED = new KeptRows(0, 0);

    private static final int BLOCK = 16;
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(short[].class);

    private final int width;

    /** By the place of a row: its number among those that are kept, plus one. */
    private final short[] slots;

    private final float[][] blocks;
    private int count;

    /** @param rows of the chunk, each of so many numbers */
    KeptRows(int rows, int width) {
        this.width = width;
        this.slots = new short[rows];
        this.blocks = new float[(rows + BLOCK - 1) / BLOCK][];
    }

    /** To be called once for a row, before it is written to. */
    void keep(int place, float[] chunk, int offset) {
        int slot = count++;
        if (slot % BLOCK == 0) {
            blocks[slot / BLOCK] = new float[BLOCK * width];
        }
        System.arraycopy(chunk, offset, blocks[slot / BLOCK], slot % BLOCK * width, width);
        SLOT.setRelease(slots, place, (short) (slot + 1));
        // Who sees what is written to the row from here on sees that it is kept.
        VarHandle.storeStoreFence();
    }

    /** Puts what is kept of a row, if anything is, where it may have been read while it moved. */
    void putBack(int place, FloatBuffer to, int at) {
        int slot = (short) SLOT.getAcquire(slots, place) - 1;
        if (slot >= 0) {
            to.put(at, blocks[slot / BLOCK], slot % BLOCK * width, width);
        }
    }
}
