package dev.milvuso.vector.milvus;

import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Feature;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.ScoreRange;
import dev.milvuso.vector.SearchParameters;
import dev.milvuso.vector.SearchProfile;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorField;
import io.milvus.v2.service.vector.request.SearchReq;
import io.milvus.v2.service.vector.response.SearchResp;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The nearest by Manhattan distance, which Milvus does not have: several times as many as are wanted are looked for by
 * L2 and scored anew. Approximate, since one that is near by the sum of differences may be far by their squares.
 */
final class ManhattanSearch {
    private static final int CANDIDATES_A_HIT = 8;
    private static final int LEAST_CANDIDATES = 256;

    private final SearchRequest request;
    private final VectorField field;
    private final MilvusSession session;
    private final SearchTrace trace;
    private final MilvusSearch byL2;

    /** @param trace told what takes how long */
    ManhattanSearch(Known it, SearchRequest request, VectorField field, MilvusSession session, SearchTrace trace) {
        this.trace = trace;
        this.request = request;
        this.field = field;
        this.session = session;
        this.byL2 = new MilvusSearch(it, byL2(), field, session, trace);
    }

    /** @param call asks Milvus */
    List<List<Hit>> hits(Function<SearchReq, SearchResp> call) {
        // What is near by L2 lies before a near bound: nothing would be left.
        if (request.range().flatMap(ScoreRange::rangeFilter).isPresent()) {
            session.demand(Feature.MANHATTAN_PAGES);
        }
        List<List<Hit>> near = byL2.hits(call);
        return trace.timed("score", () -> nearest(near));
    }

    private List<List<Hit>> nearest(List<List<Hit>> near) {
        List<List<Hit>> found = new ArrayList<>();
        for (int i = 0; i < near.size(); i++) {
            found.add(nearest(((Vector.Dense) request.queries().get(i)).numbers(), near.get(i)));
        }
        return found;
    }

    /** Of a search that was made. */
    SearchProfile profile() {
        SearchProfile near = byL2.profile();
        return new SearchProfile(
                false,
                near.why() + "; by L2, and what came scored anew by the Manhattan distance",
                near.candidates(),
                near.stages());
    }

    private SearchRequest byL2() {
        int wanted = request.offset() + request.k();
        int candidates = Math.min(SearchRequest.MOST, Math.max(LEAST_CANDIDATES, CANDIDATES_A_HIT * wanted));
        Output output = request.output();
        if (output instanceof Output.Named named) {
            Set<String> names = new HashSet<>(named.names());
            names.add(field.name());
            output = new Output.Named(names);
        }
        SearchParameters given = request.parameters();
        SearchParameters parameters = new SearchParameters(
                given.ef(), given.probes(), given.searchList(), given.reorder(), Optional.empty(), given.recall());
        return new SearchRequest(
                request.queries(),
                Optional.of(field.name()),
                candidates,
                0,
                request.filter(),
                request.exclude(),
                output,
                request.groupBy(),
                Optional.empty(),
                request.partitions(),
                parameters);
    }

    private List<Hit> nearest(float[] query, List<Hit> near) {
        return near.stream()
                .map(hit -> scored(query, hit))
                .filter(hit ->
                        request.range().isEmpty() || request.range().get().holds(hit.score(), true))
                .sorted(Comparator.comparing(Hit::score).thenComparing(Hit::key))
                .skip(request.offset())
                .limit(request.k())
                .map(hit -> new Hit(hit.key(), MilvusSearch.rounded(hit.score(), request.parameters()), hit.entity()))
                .toList();
    }

    private Hit scored(float[] query, Hit hit) {
        Entity entity = hit.entity().orElseThrow();
        Vector.Dense row =
                (Vector.Dense) Objects.requireNonNull(entity.vectors().get(field.name()), "vector");
        float sum = 0;
        for (int i = 0; i < query.length; i++) {
            sum += Math.abs(query[i] - row.numbers()[i]);
        }
        boolean keyAlone =
                request.output() instanceof Output.Named named && named.names().isEmpty();
        return new Hit(
                hit.key(), sum, keyAlone ? Optional.empty() : Optional.of(MilvusOutput.cut(entity, request.output())));
    }
}
