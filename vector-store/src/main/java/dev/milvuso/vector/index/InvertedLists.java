package dev.milvuso.vector.index;

import org.jspecify.annotations.Nullable;

/**
 * The rows in lists around centres (an inverted file: Sivic and Zisserman, "Video Google", 2003; Jégou, Douze and
 * Schmid, "Product quantization for nearest neighbor search", 2011). Writers hold the index's lock; readers need none.
 */
final class InvertedLists {
    private final Encoder encoder;
    private final Encoder ranking;
    private final Spread spread;
    private final Rows rows;
    private final Similarity similarity;
    private final Places places = new Places();
    private volatile Directory directory;
    private volatile Calibrations calibrations = Calibrations.NONE;

    /** @param spread of residuals */
    InvertedLists(Similarity similarity, Rows rows, Spread spread, Directory directory) {
        this.similarity = similarity;
        this.rows = rows;
        this.encoder = new Encoder(spread.byDimension(), similarity.isDistance());
        this.ranking = new Encoder(spread.byDimension(), false);
        this.spread = spread;
        this.directory = directory;
    }

    Similarity similarity() {
        return similarity;
    }

    Encoder encoder() {
        return encoder;
    }

    /** For centres: always by inner product. */
    Encoder ranking() {
        return ranking;
    }

    /** Of residuals, all lists together, when they were made. */
    Spread spread() {
        return spread;
    }

    Directory directory() {
        return directory;
    }

    Places places() {
        return places;
    }

    /** Which effort takes which recall in these lists. */
    Calibrations calibrations() {
        return calibrations;
    }

    void calibrated(Calibrations measured) {
        calibrations = measured;
    }

    Scratch scratch() {
        return new Scratch(encoder.groups());
    }

    /** @param row as {@link Similarity#placed}. @return the number of its nearest list */
    int nearest(float[] row, Scratch scratch) {
        return new Nearest(directory, ranking).of(row, scratch);
    }

    /**
     * A row that is in a list, as {@link Similarity#placed}. One that has been emptied while its list was still being
     * made is all zeros until it leaves the list too.
     */
    float[] placed(int slot) {
        float[] row = rows.get(slot);
        return row == null ? new float[encoder.dimension()] : similarity.placed(row);
    }

    /**
     * Puts a row where it now belongs and takes it from where it was; a search finds it in one of the two at least
     * unless it reads the new list before and the old one after.
     *
     * @param list of the number
     * @param code of the row in it
     */
    void put(int slot, int number, PostingList list, RowCode code) {
        if (places.has(slot)) {
            int before = places.list(slot);
            int place = places.place(slot);
            if (before == number) {
                list.replace(place, code);
            } else {
                places.set(slot, number, list.add(slot, code));
                list(before).remove(place);
            }
        } else {
            places.set(slot, number, list.add(slot, code));
        }
        directory.widen(number, list);
    }

    void remove(int slot) {
        if (places.has(slot)) {
            list(places.list(slot)).remove(places.place(slot));
            places.clear(slot);
        }
    }

    /** As it was given; none if the slot has been emptied. */
    float @Nullable [] row(int slot) {
        return rows.get(slot);
    }

    /** @param row as {@link Similarity#placed}. @return its code in a list */
    RowCode code(float[] row, int number) {
        RowCode code = new RowCode(encoder.groups());
        encoder.encode(row, list(number).centre, code);
        return code;
    }

    PostingList list(int number) {
        PostingList list = directory.list(number);
        if (list == null) {
            throw new IllegalStateException("there is no list " + number);
        }
        return list;
    }

    /** @return its number */
    int add(PostingList list) {
        if (directory.isFull()) {
            int lists = directory.live();
            directory = directory.grown(lists + lists / 4 + 1);
        }
        return directory.add(list, ranking);
    }

    /** How many rows a list should have. */
    int rowsPerList() {
        return ListTraining.rowsPerList(rows.count());
    }

    long bytes() {
        return directory.bytes() + places.bytes();
    }
}
