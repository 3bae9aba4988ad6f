package dev.milvuso.vector;

import java.util.Optional;
import java.util.Set;

/**
 * Which entities are asked for.
 *
 * @param filter what they fulfil; none means all
 * @param output what is wanted of each
 * @param partitions to look in; none means all
 * @param offset how many are left out
 * @param limit how many at most; with the offset 1 to 16384
 */
public record QueryRequest(Optional<Filter> filter, Output output, Set<String> partitions, int offset, int limit) {
    /** @throws IllegalArgumentException naming what is out of range */
    public QueryRequest {
        partitions = Set.copyOf(partitions);
        if (limit < 1 || offset < 0 || limit > SearchRequest.MOST - offset) {
            throw new ArgumentMismatch(
                    "offset is " + offset + " and limit " + limit + ": must be 0 and 1 or more, together at most "
                            + SearchRequest.MOST,
                    "limit");
        }
    }

    public static QueryRequest where(Filter filter) {
        return new QueryRequest(Optional.of(filter), Output.ALL, Set.of(), 0, SearchRequest.MOST);
    }

    public static QueryRequest everything() {
        return new QueryRequest(Optional.empty(), Output.ALL, Set.of(), 0, SearchRequest.MOST);
    }

    public QueryRequest output(Output wanted) {
        return new QueryRequest(filter, wanted, partitions, offset, limit);
    }

    public QueryRequest page(int leftOut, int most) {
        return new QueryRequest(filter, output, partitions, leftOut, most);
    }

    public QueryRequest in(Set<String> named) {
        return new QueryRequest(filter, output, named, offset, limit);
    }
}
