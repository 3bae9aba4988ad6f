package dev.milvuso.vector;

import java.util.Optional;

/**
 * How hard an approximate index looks, and how scores are rounded; an index takes what concerns it. What is left out
 * the store chooses.
 *
 * @param ef of HNSW: candidates kept, 1 to 32768 and at least k
 * @param probes of IVF and SCANN: lists looked into, 1 to 65536
 * @param searchList of DISKANN: candidates kept, 1 to 65535
 * @param reorder of SCANN: candidates scored anew, 1 to 65536
 * @param roundDecimals of scores, 0 to 6
 * @param recall share of the true nearest that is aimed at in the mean, above 0; 1 is exact. Of the embedded engine,
 *     which aims at {@link #RECALL} otherwise; a server's indexes take no such aim
 */
public record SearchParameters(
        Optional<Integer> ef,
        Optional<Integer> probes,
        Optional<Integer> searchList,
        Optional<Integer> reorder,
        Optional<Integer> roundDecimals,
        Optional<Float> recall) {
    public static final float RECALL = 0.95f;

    public static final SearchParameters NONE = new SearchParameters(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** @throws IllegalArgumentException naming the parameter that is out of range */
    public SearchParameters {
        range("ef", ef, 1, 32768);
        range("probes", probes, 1, 65536);
        range("search_list", searchList, 1, 65535);
        range("reorder", reorder, 1, 65536);
        range("round_decimals", roundDecimals, 0, 6);
        if (recall.isPresent() && !(recall.get() > 0 && recall.get() <= 1)) {
            throw new ArgumentMismatch(
                    "search parameter recall is " + recall.get() + ": must be above 0 and at most 1", "recall");
        }
    }

    private static void range(String name, Optional<Integer> value, int least, int most) {
        if (value.isPresent() && (value.get() < least || value.get() > most)) {
            throw new ArgumentMismatch(
                    "search parameter " + name + " is " + value.get() + ": must be " + least + " to " + most, name);
        }
    }

    public SearchParameters withEf(int value) {
        return new SearchParameters(Optional.of(value), probes, searchList, reorder, roundDecimals, recall);
    }

    public SearchParameters withProbes(int value) {
        return new SearchParameters(ef, Optional.of(value), searchList, reorder, roundDecimals, recall);
    }

    public SearchParameters withRoundDecimals(int value) {
        return new SearchParameters(ef, probes, searchList, reorder, Optional.of(value), recall);
    }

    public SearchParameters withSearchList(int value) {
        return new SearchParameters(ef, probes, Optional.of(value), reorder, roundDecimals, recall);
    }

    public SearchParameters withReorder(int value) {
        return new SearchParameters(ef, probes, searchList, Optional.of(value), roundDecimals, recall);
    }

    public SearchParameters withRecall(float value) {
        return new SearchParameters(ef, probes, searchList, reorder, roundDecimals, Optional.of(value));
    }
}
