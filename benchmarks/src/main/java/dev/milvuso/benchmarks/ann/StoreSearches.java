package dev.milvuso.benchmarks.ann;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.milvuso.benchmarks.process.Options;
import dev.milvuso.benchmarks.process.Quantiles;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.SearchParameters;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.embedded.EmbeddedVectorStore;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Searches a store in turn without a filter, by filters, and with keys excluded, for the ten nearest at the recall that
 * a search has by default; prints one JSON document a kind of search. Fills the store first, if it is not.
 *
 * <p>Times are those of the thread that searches, which does all the work itself. A request is made before its time
 * begins.
 */
public final class StoreSearches {
    private static final int K = 10;
    private static final int EXCLUDED = 200;
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private final EmbeddedVectorStore store;
    private final Vectors queries;
    private final List<Kind> kinds;

    private interface Request {
        SearchRequest.Builder of(int query);
    }

    /** A kind of search. */
    private record Kind(String name, Request request, List<Double> micros) {
        Kind(String name, Request request) {
            this(name, request, new ArrayList<>());
        }

        double median() {
            return Quantiles.median(micros);
        }
    }

    private StoreSearches(EmbeddedVectorStore store, Vectors queries, int rows) {
        this.store = store;
        this.queries = queries;
        List<List<Id>> near = IntStream.range(0, queries.count())
                .parallel()
                .mapToObj(i ->
                        store.search(FactorStore.COLLECTION, exact(nearest(i).k(EXCLUDED))))
                .map(hits -> hits.stream().map(hit -> Id.of(hit.id())).toList())
                .toList();
        SplittableRandom random = new SplittableRandom(4);
        List<List<Id>> far = IntStream.range(0, queries.count())
                .mapToObj(i -> random.ints(EXCLUDED, 0, rows)
                        .mapToObj(row -> Id.of(FactorStore.key(row)))
                        .toList())
                .toList();
        this.kinds = List.of(
                new Kind("all", this::nearest),
                new Kind("without 200 at random", i -> nearest(i).exclude(far.get(i))),
                new Kind("without its 200 nearest", i -> nearest(i).exclude(near.get(i))),
                new Kind("its 210 nearest", i -> nearest(i).k(EXCLUDED + K)),
                new Kind("10 %", i -> nearest(i).filter(below(100))),
                new Kind("1 %", i -> nearest(i).filter(below(10))),
                new Kind("0.1 %", i -> nearest(i).filter(below(1))));
    }

    public static void main(String[] arguments) throws IOException {
        Options options = new Options(arguments, "directory", "rows", "dimension", "queries", "rounds");
        int rows = options.number("rows", 1_000_000);
        Factors factors = new Factors(options.number("dimension", 64));
        try (EmbeddedVectorStore store = EmbeddedVectorStore.in(Path.of(options.required("directory")))) {
            System.err.println("filling the store");
            FactorStore.fill(store, factors.items(rows, 1));
            System.err.println("searching");
            Vectors queries = factors.users(options.number("queries", 1000), 2);
            new StoreSearches(store, queries, rows).measure(options.number("rounds", 5));
        }
    }

    private SearchRequest.Builder nearest(int query) {
        return SearchRequest.of(Vector.of(queries.row(query))).k(K);
    }

    private static SearchRequest exact(SearchRequest.Builder request) {
        return request.parameters(SearchParameters.NONE.withRecall(1)).build();
    }

    private static Filter below(int thousandths) {
        return new Filter.Compare(FactorStore.THOUSANDTHS, Filter.Operator.LESS, (long) thousandths);
    }

    private void measure(int rounds) {
        for (int round = -1; round < rounds; round++) {
            for (Kind kind : kinds) {
                double mean = micros(kind.request());
                if (round >= 0) {
                    kind.micros().add(mean);
                }
            }
        }
        for (Kind kind : kinds) {
            System.out.println(new ObjectMapper()
                    .createObjectNode()
                    .put("name", kind.name())
                    .put("cpu_microseconds", kind.median())
                    .put("ratio_to_all", kind.median() / kinds.get(0).median())
                    .put("recall", recall(kind.request())));
        }
    }

    /** Of a search, in the mean. */
    private double micros(Request kind) {
        long nanos = 0;
        for (int i = 0; i < queries.count(); i++) {
            SearchRequest request = kind.of(i).build();
            long begin = CPU.getCurrentThreadCpuTime();
            store.search(FactorStore.COLLECTION, request);
            nanos += CPU.getCurrentThreadCpuTime() - begin;
        }
        return nanos / 1e3 / queries.count();
    }

    private double recall(Request kind) {
        return IntStream.range(0, queries.count())
                .parallel()
                .mapToDouble(i -> {
                    Set<String> found = keys(kind.of(i).build());
                    Set<String> truth = keys(exact(kind.of(i)));
                    found.retainAll(truth);
                    return (double) found.size() / truth.size();
                })
                .average()
                .orElseThrow();
    }

    private Set<String> keys(SearchRequest request) {
        Set<String> keys = new HashSet<>();
        store.search(FactorStore.COLLECTION, request).forEach(hit -> keys.add(hit.id()));
        return keys;
    }
}
