package dev.milvuso.vector;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is looked for.
 *
 * @param queries each is searched for by itself; 1 to 16384 of the vector field's kind
 * @param vectorField which vector; may be left out where there is one
 * @param k how many hits of each query at most; with the offset 1 to 16384
 * @param offset how many of the best are left out
 * @param filter what a hit must fulfil
 * @param exclude keys that are not to be found
 * @param output what is wanted of each hit
 * @param groupBy the scalar field of whose values each is found at most once, with its best hit
 * @param range which scores are wanted
 * @param partitions to look in; none means all
 */
public record SearchRequest(
        List<Vector> queries,
        Optional<String> vectorField,
        int k,
        int offset,
        Optional<Filter> filter,
        Set<Id> exclude,
        Output output,
        Optional<String> groupBy,
        Optional<ScoreRange> range,
        Set<String> partitions,
        SearchParameters parameters) {
    /** What a query may ask for, offset included. */
    public static final int MOST = 16384;

    /** @throws IllegalArgumentException naming what is out of range */
    public SearchRequest {
        queries = List.copyOf(queries);
        exclude = Set.copyOf(exclude);
        partitions = Set.copyOf(partitions);
        if (queries.isEmpty() || queries.size() > MOST) {
            throw new ArgumentMismatch(queries.size() + " query vectors: must be 1 to " + MOST, "vectors");
        }
        if (k < 1 || k > MOST) {
            throw new ArgumentMismatch("k is " + k + ": must be 1 to " + MOST, "k");
        }
        if (offset < 0 || offset + k > MOST) {
            throw new ArgumentMismatch(
                    "offset is " + offset + " with k " + k + ": must be 0 or more, together at most " + MOST, "offset");
        }
        for (Vector query : queries) {
            if (query instanceof Vector.Dense dense) {
                finite(dense.numbers());
            }
        }
    }

    private static void finite(float[] query) {
        for (float value : query) {
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException("the query vector holds " + value);
            }
        }
    }

    /**
     * Of a simple collection.
     *
     * @param query shape [dimension]
     * @param exclude ids that are not to be found
     */
    public SearchRequest(float[] query, int k, Optional<Filter> filter, Set<String> exclude) {
        this(
                List.of(Vector.of(query)),
                Optional.empty(),
                k,
                0,
                filter,
                new HashSet<>(Id.ofTexts(exclude)),
                Output.KEY,
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                SearchParameters.NONE);
    }

    public static SearchRequest nearest(float[] query, int k) {
        return new SearchRequest(query, k, Optional.empty(), Set.of());
    }

    public SearchRequest output(Output wanted) {
        return new SearchRequest(
                queries, vectorField, k, offset, filter, exclude, wanted, groupBy, range, partitions, parameters);
    }

    SearchRequest within(ScoreRange wanted, Set<Id> leftOut) {
        return new SearchRequest(
                queries,
                vectorField,
                k,
                offset,
                filter,
                leftOut,
                output,
                groupBy,
                Optional.of(wanted),
                partitions,
                parameters);
    }

    /** Of those whose score lies within bounds, those that a filter finds as well. */
    SearchRequest within(ScoreRange wanted, Filter further) {
        return new SearchRequest(
                queries,
                vectorField,
                k,
                offset,
                Optional.of(filter.map(own -> Filter.and(own, further)).orElse(further)),
                exclude,
                output,
                groupBy,
                Optional.of(wanted),
                partitions,
                parameters);
    }

    SearchRequest page(int most) {
        return new SearchRequest(
                queries, vectorField, most, 0, filter, exclude, output, groupBy, range, partitions, parameters);
    }

    public static Builder of(Vector... queries) {
        return new Builder(List.of(queries));
    }

    /** Collects a request's parts; without k it asks for 10. Not for use by several threads. */
    public static final class Builder {
        private final List<Vector> queries;
        private Optional<String> vectorField = Optional.empty();
        private int k = 10;
        private int offset;
        private final List<Filter> filters = new ArrayList<>();
        private final Set<Id> exclude = new HashSet<>();
        private Output output = Output.KEY;
        private Optional<String> groupBy = Optional.empty();
        private Optional<ScoreRange> range = Optional.empty();
        private final Set<String> partitions = new HashSet<>();
        private SearchParameters parameters = SearchParameters.NONE;

        private Builder(List<Vector> queries) {
            this.queries = queries;
        }

        public Builder in(String field) {
            vectorField = Optional.of(field);
            return this;
        }

        public Builder k(int most) {
            k = most;
            return this;
        }

        public Builder offset(int leftOut) {
            offset = leftOut;
            return this;
        }

        /** Of several filters all must be fulfilled. */
        public Builder filter(Filter filter) {
            filters.add(filter);
            return this;
        }

        public Builder exclude(Collection<Id> ids) {
            exclude.addAll(ids);
            return this;
        }

        public Builder output(Output wanted) {
            output = wanted;
            return this;
        }

        public Builder groupBy(String field) {
            groupBy = Optional.of(field);
            return this;
        }

        public Builder range(float radius) {
            range = Optional.of(new ScoreRange(radius, Optional.empty()));
            return this;
        }

        public Builder range(float radius, float rangeFilter) {
            range = Optional.of(new ScoreRange(radius, Optional.of(rangeFilter)));
            return this;
        }

        public Builder partition(String partition) {
            partitions.add(partition);
            return this;
        }

        public Builder parameters(SearchParameters chosen) {
            parameters = chosen;
            return this;
        }

        /** @throws IllegalArgumentException naming what is out of range */
        public SearchRequest build() {
            Optional<Filter> filter =
                    filters.isEmpty() ? Optional.empty() : Optional.of(Filter.and(filters.toArray(new Filter[0])));
            return new SearchRequest(
                    queries, vectorField, k, offset, filter, exclude, output, groupBy, range, partitions, parameters);
        }
    }
}
