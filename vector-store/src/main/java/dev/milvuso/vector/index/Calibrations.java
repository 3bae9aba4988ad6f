package dev.milvuso.vector.index;

import java.util.Arrays;
import java.util.List;

/**
 * What a recall takes where all rows may be found, where one in ten may, and one in a hundred: the k-th best of few
 * lies further off, so that more lists are read, and the best that a list is expected to hold of them is less.
 */
record Calibrations(Calibration all, Calibration tenth, Calibration hundredth) {
    static final Calibrations NONE = new Calibrations(Calibration.NONE, Calibration.NONE, Calibration.NONE);

    /** @param queries one at least */
    static Calibrations of(IvfIndex index, float[][] queries) {
        float[][] half = Arrays.copyOf(queries, (queries.length + 1) / 2);
        return new Calibrations(
                Calibration.of(index, queries, Selection.ALL),
                Calibration.of(index, queries, oneIn(10)),
                Calibration.of(index, half, oneIn(100)));
    }

    /** As {@link Calibration#doubted}. */
    Calibrations doubted(float times) {
        return new Calibrations(all.doubted(times), tenth.doubted(times), hundredth.doubted(times));
    }

    boolean isMeasured() {
        return all.recalls().length > 0;
    }

    List<Calibration> each() {
        return List.of(all, tenth, hundredth);
    }

    /** By multiplicative hashing, so that it has nothing to do with the order in which rows came. */
    private static Selection oneIn(int many) {
        return slot -> Integer.remainderUnsigned((slot * 0x9E3779B1) >>> 7, many) == 0;
    }

    /**
     * Between the two measured.
     *
     * @param share of the rows that may be found, at most 1
     */
    Effort effort(int k, float recall, double share) {
        double tens = Math.min(2, -Math.log10(share));
        Effort more = (tens < 1 ? all : tenth).effort(k, recall);
        Effort less = (tens < 1 ? tenth : hundredth).effort(k, recall);
        double between = tens < 1 ? tens : tens - 1;
        float reach = between == 0 ? more.reach() : (float) (more.reach() + between * (less.reach() - more.reach()));
        int candidates = Math.max(more.candidates(), less.candidates());
        return new Effort(Float.isNaN(reach) ? Float.POSITIVE_INFINITY : reach, candidates);
    }
}
