package dev.milvuso.server.collections;

import dev.milvuso.vector.ArgumentMismatch;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Explanation;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.HybridExplanation;
import dev.milvuso.vector.HybridSearchRequest;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.VectorField;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.check.RequestCheck;
import dev.milvuso.vector.json.EntityJson;
import dev.milvuso.vector.json.HybridJson;
import dev.milvuso.vector.json.QueryTexts;
import dev.milvuso.vector.json.ResultsJson;
import dev.milvuso.vector.json.SearchJson;
import dev.milvuso.vector.text.CollectionTexts;
import java.util.List;
import java.util.Optional;

/** Searches. */
final class SearchOperations {
    private SearchOperations() {}

    /** A list of hits for each query, best first. */
    static Reply search(VectorStore store, Request request) {
        EntityJson json = request.entities(store);
        SearchRequest search = SearchJson.read(request.body(), json, texts(store, json));
        AnswerSize.check(
                json.schema(),
                search.output(),
                (long) search.k() * search.queries().size(),
                "k");
        Optional<Explanation> explanation =
                request.explain() ? Optional.of(store.explain(request.collection(), search)) : Optional.empty();
        List<List<Hit>> results =
                explanation.map(Explanation::hits).orElseGet(() -> store.searchAll(request.collection(), search));
        return Reply.of(ResultsJson.of(json, results, explanation));
    }

    /** One list of several searches, best first. */
    static Reply hybrid(VectorStore store, Request request) {
        EntityJson json = request.entities(store);
        HybridSearchRequest search = HybridJson.read(request.body(), json, texts(store, json));
        check(json.schema(), search);
        AnswerSize.check(json.schema(), search.output(), search.k(), "k");
        Optional<HybridExplanation> explanation =
                request.explain() ? Optional.of(store.explain(request.collection(), search)) : Optional.empty();
        List<Hit> hits = explanation
                .map(HybridExplanation::hits)
                .orElseGet(() -> store.hybridSearch(request.collection(), search));
        return Reply.of(ResultsJson.ofHybrid(json, hits, explanation));
    }

    /** The store would look as well, and not know which of the searches is wrong. */
    private static void check(CollectionSchema schema, HybridSearchRequest hybrid) {
        for (int i = 0; i < hybrid.searches().size(); i++) {
            try {
                VectorField unused =
                        new RequestCheck(schema).search(hybrid.searches().get(i));
            } catch (ArgumentMismatch e) {
                throw e.within("searches", i);
            }
        }
    }

    static QueryTexts texts(VectorStore store, EntityJson json) {
        return (field, text) -> new CollectionTexts(store).query(json.schema(), field, text);
    }
}
