package dev.milvuso.vector.milvus;

import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.Path;
import dev.milvuso.vector.SearchParameters;
import dev.milvuso.vector.SearchProfile;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorField;
import io.milvus.v2.common.ConsistencyLevel;
import io.milvus.v2.common.IndexParam;
import io.milvus.v2.service.vector.request.SearchReq;
import io.milvus.v2.service.vector.request.data.BaseVector;
import io.milvus.v2.service.vector.request.data.BinaryVec;
import io.milvus.v2.service.vector.request.data.FloatVec;
import io.milvus.v2.service.vector.request.data.SparseFloatVec;
import io.milvus.v2.service.vector.response.SearchResp;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One request in Milvus's terms, and its answers in ours: best first, ties by key. */
final class MilvusSearch {
    /** Asked for beyond k, to see who else has the score of the last. */
    private static final int SPARE_HITS = 8;

    /** Which score every row. */
    private static final Set<IndexParam.IndexType> EXACT = Set.of(
            IndexParam.IndexType.FLAT, IndexParam.IndexType.BIN_FLAT, IndexParam.IndexType.SPARSE_INVERTED_INDEX);

    private final Known it;
    private final SearchRequest request;
    private final VectorField field;
    private final ConsistencyLevel consistency;
    private final boolean lite;
    private final SearchTrace trace;

    /**
     * @param field that is searched in
     * @param trace told what takes how long
     */
    MilvusSearch(Known it, SearchRequest request, VectorField field, MilvusSession session, SearchTrace trace) {
        this.trace = trace;
        this.it = it;
        this.request = request;
        this.field = field;
        this.consistency = session.consistency(it.schema().name());
        this.lite = session.version().lite();
    }

    /** @param call asks Milvus */
    List<List<Hit>> hits(Function<SearchReq, SearchResp> call) {
        int wanted = request.offset() + request.k();
        // Milvus Lite looks for scores within a range among some of the nearest only, as many as it is asked for.
        boolean allAtOnce = lite && request.range().isPresent();
        int limit = allAtOnce ? SearchRequest.MOST : Math.min(SearchRequest.MOST, wanted + SPARE_HITS);
        List<List<Hit>> found = hits(call, limit);
        // Those that share the score of the last must all be seen to know which of them has the least key.
        while (limit < SearchRequest.MOST && hasOpenTies(found, wanted, limit)) {
            limit = Math.min(SearchRequest.MOST, 2 * limit);
            found = hits(call, limit);
        }
        return found.stream().map(this::page).toList();
    }

    private static boolean hasOpenTies(List<List<Hit>> found, int wanted, int limit) {
        return found.stream()
                .anyMatch(hits -> hits.size() == limit
                        && hits.get(limit - 1).score() == hits.get(wanted - 1).score());
    }

    private List<Hit> page(List<Hit> hits) {
        int from = Math.min(request.offset(), hits.size());
        List<Hit> page = hits.subList(from, Math.min(from + request.k(), hits.size()));
        return request.parameters().roundDecimals().isEmpty()
                ? List.copyOf(page)
                : page.stream()
                        .map(hit -> new Hit(hit.key(), rounded(hit.score(), request.parameters()), hit.entity()))
                        .toList();
    }

    static float rounded(float score, SearchParameters parameters) {
        if (parameters.roundDecimals().isEmpty()) {
            return score;
        }
        double scale = Math.pow(10, parameters.roundDecimals().get());
        return (float) (Math.round(score * scale) / scale);
    }

    private List<List<Hit>> hits(Function<SearchReq, SearchResp> call, int limit) {
        SearchReq search = trace.timed("encode", () -> asked(limit));
        trace.called(limit);
        SearchResp answer = trace.timed("call", () -> call.apply(search));
        return trace.timed("decode", () -> hits(answer));
    }

    private SearchReq asked(int limit) {
        SearchReq.SearchReqBuilder search = SearchReq.builder()
                .collectionName(it.schema().name())
                .partitionNames(List.copyOf(request.partitions()))
                .annsField(field.name())
                .metricType(MilvusSchema.metric(field.type()))
                .data(request.queries().stream().map(MilvusSearch::query).toList())
                .limit(limit)
                .filter(filter().map(it.dialect()::text).orElse(""))
                // Of keys Milvus 2.3 would look for the rows once more, although it gives them anyway.
                .outputFields(keyAlone() ? List.of() : MilvusOutput.names(it.schema(), request.output()))
                .searchParams(parameters(limit))
                .consistencyLevel(consistency);
        request.groupBy().ifPresent(search::groupByFieldName);
        return search.build();
    }

    private List<List<Hit>> hits(SearchResp answer) {
        List<List<Hit>> found = new ArrayList<>();
        for (List<SearchResp.SearchResult> results : answer.getSearchResults()) {
            trace.returned(results.size());
            List<Hit> hits = new ArrayList<>(results.size());
            results.forEach(result -> hits.add(hit(result)));
            hits.sort(best());
            found.add(hits);
        }
        return found;
    }

    private Comparator<Hit> best() {
        int sign = field.type().smallerIsNearer() ? 1 : -1;
        return (one, other) -> {
            int byScore = sign * Float.compare(one.score(), other.score());
            return byScore != 0 ? byScore : one.key().compareTo(other.key());
        };
    }

    private Optional<Filter> filter() {
        List<Filter> all = new ArrayList<>();
        request.filter().ifPresent(all::add);
        if (!request.exclude().isEmpty()) {
            all.add(Path.of(it.schema().key().name())
                    .isNotIn(request.exclude().stream().map(Id::plain).toList()));
        }
        return all.isEmpty() ? Optional.empty() : Optional.of(Filter.and(all.toArray(new Filter[0])));
    }

    private Hit hit(SearchResp.SearchResult result) {
        Optional<Entity> entity = Optional.empty();
        if (!keyAlone()) {
            Map<String, Object> row = new HashMap<>(result.getEntity());
            row.put(it.schema().key().name(), result.getId());
            entity = Optional.of(MilvusOutput.cut(MilvusRows.fromMilvus(it.schema(), row), request.output()));
        }
        return new Hit(MilvusRows.key(result.getId()), result.getScore(), entity);
    }

    private boolean keyAlone() {
        return request.output() instanceof Output.Named named && named.names().isEmpty();
    }

    private static BaseVector query(Vector vector) {
        if (vector instanceof Vector.Dense dense) {
            return new FloatVec(dense.numbers());
        }
        if (vector instanceof Vector.Binary binary) {
            return new BinaryVec(binary.bits());
        }
        Vector.Sparse sparse = (Vector.Sparse) vector;
        SortedMap<Long, Float> numbers = new TreeMap<>();
        for (int i = 0; i < sparse.indices().length; i++) {
            numbers.put((long) sparse.indices()[i], sparse.numbers()[i]);
        }
        return new SparseFloatVec(numbers);
    }

    /** How hard the search looks, unless the request says, and which scores it wants. */
    private Map<String, Object> parameters(int limit) {
        Map<String, Object> parameters = effort(limit);
        request.range().ifPresent(range -> {
            parameters.put("radius", range.radius());
            range.rangeFilter().ifPresent(bound -> parameters.put("range_filter", bound));
        });
        return parameters;
    }

    private IndexParam.IndexType index() {
        return it.indexes().getOrDefault(field.name(), IndexParam.IndexType.None);
    }

    private Map<String, Object> effort(int limit) {
        IndexParam.IndexType type = index();
        Map<String, Object> parameters = new HashMap<>();
        switch (type) {
            case HNSW ->
                parameters.put("ef", Math.max(limit, request.parameters().ef().orElse(Math.max(128, 2 * limit))));
            case IVF_FLAT, IVF_SQ8, IVF_PQ ->
                parameters.put("nprobe", request.parameters().probes().orElse(32));
            case SCANN -> {
                request.parameters().probes().ifPresent(probes -> parameters.put("nprobe", probes));
                request.parameters().reorder().ifPresent(reorder -> parameters.put("reorder_k", reorder));
            }
            case DISKANN ->
                request.parameters()
                        .searchList()
                        .ifPresent(list -> parameters.put("search_list", Math.max(limit, list)));
            default -> {}
        }
        return parameters;
    }

    /** Of a search that was made: what is known on this side of the connection. */
    SearchProfile profile() {
        Map<String, Object> effort = effort(trace.limit());
        String with = effort.isEmpty()
                ? ""
                : effort.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(each -> each.getKey() + " " + each.getValue())
                        .collect(Collectors.joining(", ", " with ", ""));
        return new SearchProfile(
                EXACT.contains(index()),
                "index " + index() + with + " on the server, asked for " + trace.limit() + " hits of a query in "
                        + trace.calls() + (trace.calls() == 1 ? " call" : " calls")
                        + ", to order equal scores by key",
                trace.returned(),
                trace.stages());
    }
}
