package dev.milvuso.vector.index;

import java.util.Arrays;

/**
 * The rows nearest to one centre, as codes of their residuals. One writer at a time, under the index's lock; any number
 * of readers, who take {@link #size} first and {@link #content} next.
 *
 * <p>A row that leaves makes its place free for the next one; free places are chained through the slots.
 */
final class PostingList {
    /** @param slots of the places, or -2 - the next free place (-1 if there is none) where no row is */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Content(CodeBlocks blocks, int[] slots) {}

    private static final int NONE = -1;

    final float[] centre;
    private final boolean distance;
    private volatile float spread;
    /** Mean power of the rows' mean squares: the first by distance, else the fourth. */
    private double moment;

    private volatile Content content;
    private volatile int size;
    private int free = NONE;
    private int live;
    /** Rows that have come since the centre was computed. */
    private int arrivals;

    private int changes;

    PostingList(float[] centre, int capacity, Encoder encoder) {
        this.centre = centre;
        this.distance = encoder.distance();
        CodeBlocks blocks = new CodeBlocks(capacity, encoder.groups(), encoder.distance());
        this.content = new Content(blocks, new int[blocks.capacity()]);
    }

    /** Places in use are below this, free ones among them. */
    int size() {
        return size;
    }

    /** Holds all places below a size that was read before. */
    Content content() {
        return content;
    }

    /** How many rows there are. */
    int live() {
        return live;
    }

    /**
     * How far rows lie from the centre in each dimension, about: rows that come are counted in, rows that go are not
     * taken out. By distance the root of the mean square; by inner product the root of a higher mean, since there a
     * list's best is nearly always one of its few long rows.
     */
    float spread() {
        return spread;
    }

    private void spreads(double meanSquare) {
        double power = distance ? meanSquare : meanSquare * meanSquare * meanSquare * meanSquare;
        moment += (power - moment) / Math.max(1, live);
        spread = (float) Math.sqrt(distance ? moment : Math.sqrt(Math.sqrt(moment)));
    }

    int arrivals() {
        return arrivals;
    }

    /** Grows with each row that comes, is replaced or goes. */
    int changes() {
        return changes;
    }

    /** Ends the loading of a new list: its centre is that of its rows. */
    void settled() {
        arrivals = 0;
    }

    /** @return the row's place */
    int add(int slot, RowCode code) {
        int place = free;
        int end = size;
        if (place == NONE) {
            place = end++;
            reserve(end);
        } else {
            free = -2 - content.slots()[place];
        }
        Content now = content;
        now.blocks().set(place, code);
        now.slots()[place] = slot;
        live++;
        arrivals++;
        changes++;
        spreads(code.meanSquare);
        publish(end);
        return place;
    }

    void replace(int place, RowCode code) {
        content.blocks().set(place, code);
        arrivals++;
        changes++;
        spreads(code.meanSquare);
        publish(size);
    }

    void remove(int place) {
        content.slots()[place] = -2 - free;
        free = place;
        live--;
        changes++;
        publish(size);
    }

    /** Readers see what was written before the size they read. */
    private void publish(int places) {
        size = places;
    }

    private void reserve(int places) {
        Content now = content;
        if (places > now.slots().length) {
            CodeBlocks blocks = now.blocks().copy(places + places / 8);
            content = new Content(blocks, Arrays.copyOf(now.slots(), blocks.capacity()));
        }
    }

    /** The slots of the rows. */
    int[] slots() {
        int[] slots = new int[live];
        int n = 0;
        int[] all = content.slots();
        for (int place = 0; place < size; place++) {
            if (all[place] >= 0) {
                slots[n++] = all[place];
            }
        }
        return slots;
    }

    long bytes() {
        return content.blocks().bytes() + 4L * content.slots().length + 4L * centre.length + 128;
    }
}
