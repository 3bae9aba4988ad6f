package dev.milvuso.trainer.batch;

import dev.milvuso.trainer.parameter.ParameterTable;
import dev.milvuso.trainer.parameter.Rows;
import java.util.SplittableRandom;

/**
 * Items dealt at random to blocks of equal size, and room for their rows block by block: a block lies in one piece of
 * memory, in which no cache line belongs to two threads but at its ends. An item's number here is its place.
 */
final class ItemBlocks {
    private final Rows table;
    private final Rows rows;
    private final int size;
    private final int count;
    private final int[] items;
    private final int[] places;
    private final int[] blocks;

    /**
     * @param table where the rows come from
     * @param count of blocks, 1 to as many as there are items
     */
    ItemBlocks(ParameterTable table, int count) {
        this.table = table.rows();
        this.size = table.size();
        this.rows = Rows.like(this.table, size);
        this.count = count;
        this.items = new int[size];
        this.places = new int[size];
        this.blocks = new int[size];
    }

    /** Deals them anew. */
    void deal(SplittableRandom random) {
        for (int item = 0; item < size; item++) {
            items[item] = item;
        }
        Shuffle.shuffle(items, 0, size, random);
        for (int block = 0; block < count; block++) {
            for (int place = from(block); place < to(block); place++) {
                places[items[place]] = place;
                blocks[items[place]] = block;
            }
        }
    }

    int size() {
        return size;
    }

    int count() {
        return count;
    }

    /** The block's first place. */
    int from(int block) {
        return (int) (((long) block * size + count - 1) / count);
    }

    /** The place after the block's last. */
    int to(int block) {
        return from(block + 1);
    }

    int place(int item) {
        return places[item];
    }

    int item(int place) {
        return items[place];
    }

    int blockOf(int item) {
        return blocks[item];
    }

    /** Rows by place; those of a block once it was brought. */
    Rows rows() {
        return rows;
    }

    /** Copies the block's rows from the table. */
    void bring(int block) {
        for (int place = from(block); place < to(block); place++) {
            rows.copy(place, table, items[place]);
        }
    }

    /** Copies the block's rows back to the table. */
    void takeBack(int block) {
        for (int place = from(block); place < to(block); place++) {
            table.copy(items[place], rows, place);
        }
    }
}
