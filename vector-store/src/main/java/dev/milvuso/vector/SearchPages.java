package dev.milvuso.vector;

import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Goes through everything that a search finds, a page at a time: each begins at the last score of the one before and
 * leaves out what was given with about that score. Where that is more than a request by REST may leave out, and the
 * store orders hits of one score by key, the rest of just that score is found by key, and the next begins beyond it.
 * The first is asked for at once, so that a request which is wrong fails here; each other when somebody wants to know
 * whether there is one.
 */
final class SearchPages implements Iterator<List<Hit>> {
    /** Kernels that a server takes turns with differ in the last bits of a score; relative to it, or to 1. */
    private static final float SLACK = 1e-5f;

    private final Function<SearchRequest, List<Hit>> search;
    private final SearchRequest request;
    private final boolean smallerIsNearer;
    private final Path key;
    private final BooleanSupplier ordersTies;
    private boolean byKey;
    private List<Hit> aboutLast = List.of();
    private List<Hit> page;
    private boolean given;

    /**
     * @param request whose k is the page
     * @param schema of the collection
     * @param ordersTies whether the store has {@link Feature#ORDERED_TIES}; asked when it counts
     * @throws IllegalArgumentException if the request cannot be paged
     */
    SearchPages(
            Function<SearchRequest, List<Hit>> search,
            SearchRequest request,
            CollectionSchema schema,
            BooleanSupplier ordersTies) {
        this.ordersTies = ordersTies;
        if (request.queries().size() != 1
                || request.groupBy().isPresent()
                || request.parameters().roundDecimals().isPresent()) {
            throw new IllegalArgumentException(
                    "a search by pages must have one query vector, no group-by and no rounding of scores");
        }
        this.search = search;
        this.request = request;
        this.smallerIsNearer = schema.vector(request.vectorField()).type().smallerIsNearer();
        this.key = Path.of(schema.key().name());
        this.page = search.apply(request);
    }

    @Override
    public boolean hasNext() {
        if (given && !page.isEmpty()) {
            page = nextPage();
            given = false;
        }
        return !page.isEmpty();
    }

    @Override
    public List<Hit> next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no more hits");
        }
        given = true;
        return page;
    }

    private List<Hit> nextPage() {
        Hit last = page.get(page.size() - 1);
        if (byKey) {
            List<Hit> same = search.apply(ofScore(last));
            if (!same.isEmpty()) {
                return same;
            }
            byKey = false;
            aboutLast = List.of();
            return search.apply(request.within(new ScoreRange(radius(), Optional.of(beyond(last))), request.exclude()));
        }
        SearchRequest behind = behindPage();
        if (behind.exclude().size() <= SearchRequest.MOST || !ordersTies.getAsBoolean()) {
            return search.apply(behind);
        }
        byKey = true;
        return nextPage();
    }

    /** What has just its score and a later key: hits of one score come in the order of their keys. */
    private SearchRequest ofScore(Hit last) {
        return request.within(
                new ScoreRange(beyond(last), Optional.of(last.score())),
                key.above(last.key().plain()));
    }

    /** The next score on the far side. */
    private float beyond(Hit last) {
        return smallerIsNearer ? Math.nextUp(last.score()) : Math.nextDown(last.score());
    }

    private SearchRequest behindPage() {
        float last = page.get(page.size() - 1).score();
        float slack = SLACK * Math.max(1, Math.abs(last));
        float bound = smallerIsNearer ? last - slack : last + slack;
        aboutLast = Stream.concat(aboutLast.stream(), page.stream())
                .filter(hit -> smallerIsNearer ? hit.score() >= bound : hit.score() <= bound)
                .toList();
        Set<Id> exclude = new HashSet<>(request.exclude());
        exclude.addAll(aboutLast.stream().map(Hit::key).collect(Collectors.toSet()));
        return request.within(new ScoreRange(radius(), Optional.of(bound)), exclude);
    }

    private float radius() {
        return request.range().map(ScoreRange::radius).orElse(smallerIsNearer ? Float.MAX_VALUE : -Float.MAX_VALUE);
    }
}
