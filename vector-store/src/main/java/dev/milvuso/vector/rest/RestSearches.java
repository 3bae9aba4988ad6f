package dev.milvuso.vector.rest;

import dev.milvuso.vector.SearchRequest;
import java.util.ArrayList;
import java.util.List;

/** Searches in parts. */
final class RestSearches {
    private RestSearches() {}

    /** The same search, of so many queries each. */
    static List<SearchRequest> parts(SearchRequest all, int size) {
        List<SearchRequest> parts = new ArrayList<>();
        for (int i = 0; i < all.queries().size(); i += size) {
            parts.add(new SearchRequest(
                    all.queries().subList(i, Math.min(all.queries().size(), i + size)),
                    all.vectorField(),
                    all.k(),
                    all.offset(),
                    all.filter(),
                    all.exclude(),
                    all.output(),
                    all.groupBy(),
                    all.range(),
                    all.partitions(),
                    all.parameters()));
        }
        return parts;
    }
}
