package dev.milvuso.vector;

import java.util.List;

/**
 * Several searches of one collection, such as by words and by meaning, and how their lists become one.
 *
 * @param searches 1 to 1024 of one query each; the k of each says how many of its hits take part. Their output does not
 *     count; they have neither offset nor group-by
 * @param k how many hits at most; with the offset 1 to 16384
 * @param offset how many of the best are left out
 * @param output what is wanted of each hit
 */
public record HybridSearchRequest(List<SearchRequest> searches, Ranking ranking, int k, int offset, Output output) {
    private static final int MOST_SEARCHES = 1024;

    /** @throws IllegalArgumentException naming what is out of range */
    public HybridSearchRequest {
        searches = List.copyOf(searches);
        if (searches.isEmpty() || searches.size() > MOST_SEARCHES) {
            throw new ArgumentMismatch(
                    "a hybrid search of " + searches.size() + " searches: must be 1 to " + MOST_SEARCHES, "searches");
        }
        if (k < 1 || offset < 0 || k > SearchRequest.MOST - offset) {
            throw new ArgumentMismatch(
                    "offset is " + offset + " and k " + k + ": must be 0 and 1 or more, together at most "
                            + SearchRequest.MOST,
                    "offset");
        }
        for (int i = 0; i < searches.size(); i++) {
            check(searches.get(i), i);
        }
        if (ranking instanceof Ranking.Weighted weighted && weighted.weights().size() != searches.size()) {
            throw new ArgumentMismatch(
                    weighted.weights().size() + " weights for " + searches.size() + " searches: must be as many",
                    "ranking",
                    "weights");
        }
    }

    private static void check(SearchRequest search, int position) {
        if (search.queries().size() != 1) {
            throw new ArgumentMismatch(
                    search.queries().size() + " query vectors in a search of a hybrid search: must be one",
                    "searches",
                    position);
        }
        if (search.offset() != 0 || search.groupBy().isPresent()) {
            throw new ArgumentMismatch(
                    "a search of a hybrid search has neither offset nor group-by", "searches", position);
        }
    }

    /** The best ten, keys alone, by reciprocal ranks. */
    public static HybridSearchRequest of(SearchRequest... searches) {
        return new HybridSearchRequest(List.of(searches), Ranking.RECIPROCAL_RANK, 10, 0, Output.KEY);
    }

    public HybridSearchRequest ranking(Ranking chosen) {
        return new HybridSearchRequest(searches, chosen, k, offset, output);
    }

    public HybridSearchRequest page(int leftOut, int most) {
        return new HybridSearchRequest(searches, ranking, most, leftOut, output);
    }

    public HybridSearchRequest output(Output wanted) {
        return new HybridSearchRequest(searches, ranking, k, offset, wanted);
    }
}
