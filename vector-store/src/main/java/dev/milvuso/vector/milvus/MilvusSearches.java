package dev.milvuso.vector.milvus;

import dev.milvuso.vector.Feature;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.SearchProfile;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.VectorField;
import dev.milvuso.vector.check.IndexCheck;
import io.milvus.v2.service.vector.request.SearchReq;
import io.milvus.v2.service.vector.response.SearchResp;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Searches of any metric. */
final class MilvusSearches {
    private final MilvusSession session;
    private final MilvusPartitions partitions;

    MilvusSearches(MilvusSession session, MilvusPartitions partitions) {
        this.session = session;
        this.partitions = partitions;
    }

    List<List<Hit>> hits(String collection, SearchRequest request) {
        return searched(collection, request).hits();
    }

    SearchProfile profile(String collection, SearchRequest request) {
        return searched(collection, request).profile().get();
    }

    /** @param profile made if it is wanted */
    private record Searched(List<List<Hit>> hits, Supplier<SearchProfile> profile) {}

    private Searched searched(String collection, SearchRequest request) {
        Known it = session.known(collection);
        VectorField field = it.requests().search(request);
        IndexCheck.search(field.name(), it.spec(field.name()), request.parameters());
        partitions.check(collection, request.partitions());
        if (request.groupBy().isPresent()) {
            session.demand(Feature.GROUP_BY);
        }
        Function<SearchReq, SearchResp> call = search -> session.call(collection, client -> client.search(search));
        SearchTrace trace = new SearchTrace();
        return partitions.reading(collection, request.partitions(), () -> {
            if (isByManhattan(field)) {
                ManhattanSearch search = new ManhattanSearch(it, request, field, session, trace);
                return new Searched(search.hits(call), search::profile);
            }
            MilvusSearch search = new MilvusSearch(it, request, field, session, trace);
            return new Searched(search.hits(call), search::profile);
        });
    }

    private static boolean isByManhattan(VectorField field) {
        return field.type() instanceof VectorField.Type.Dense dense && dense.metric() == Metric.MANHATTAN;
    }
}
