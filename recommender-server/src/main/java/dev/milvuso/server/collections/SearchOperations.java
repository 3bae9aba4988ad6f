package dev.milvuso.server.collections;

import dev.milvuso.vector.Hit;
import dev.milvuso.vector.HybridSearchRequest;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.json.EntityJson;
import dev.milvuso.vector.json.HybridJson;
import dev.milvuso.vector.json.SearchJson;
import java.util.List;

/** Searches. */
final class SearchOperations {
    private SearchOperations() {}

    /** A list of hits for each query, best first. */
    static Reply search(VectorStore store, Request request) {
        EntityJson json = request.entities(store);
        SearchRequest search = SearchJson.read(request.body(), json);
        AnswerSize.check(
                json.schema(),
                search.output(),
                (long) search.k() * search.queries().size());
        List<List<Hit>> results = store.searchAll(request.collection(), search);
        return Reply.of(out -> {
            out.writeStartObject();
            out.writeArrayFieldStart("results");
            for (List<Hit> hits : results) {
                out.writeStartArray();
                for (Hit hit : hits) {
                    json.write(out, hit);
                }
                out.writeEndArray();
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    /** One list of several searches, best first. */
    static Reply hybrid(VectorStore store, Request request) {
        EntityJson json = request.entities(store);
        HybridSearchRequest search = HybridJson.read(request.body(), json);
        AnswerSize.check(json.schema(), search.output(), search.k());
        List<Hit> hits = store.hybridSearch(request.collection(), search);
        return Reply.of(out -> {
            out.writeStartObject();
            out.writeArrayFieldStart("hits");
            for (Hit hit : hits) {
                json.write(out, hit);
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }
}
