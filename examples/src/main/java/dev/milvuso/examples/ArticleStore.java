package dev.milvuso.examples;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.Path;
import dev.milvuso.vector.QueryRequest;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Articles: found by meaning, by category and by how much they are read. */
final class ArticleStore {
    static final String COLLECTION = "example_articles";

    private static final int PAGE = 1000;
    private static final Output WITHOUT_VECTOR = Output.of("title", "category", "views", "text");

    private final VectorStore store;

    ArticleStore(VectorStore store) {
        this.store = store;
        store.create(new CollectionSchema(
                COLLECTION,
                WordVectors.DIMENSION,
                Metric.COSINE,
                List.of(
                        new Field("title", Field.Type.TEXT),
                        new Field("category", Field.Type.TEXT),
                        new Field("views", Field.Type.INTEGER),
                        new Field("text", new Field.Type.Text(65535)))));
    }

    void put(List<Article> articles) {
        store.upsert(COLLECTION, articles.stream().map(ArticleStore::entity).toList());
    }

    private static Entity entity(Article article) {
        return new Entity(
                article.id(),
                WordVectors.of(article.title() + " " + article.text()),
                Map.of(
                        "title", article.title(),
                        "category", article.category(),
                        "views", article.views(),
                        "text", article.text()));
    }

    /**
     * Those with at least so many views, the most read first. The filter does the choosing, whatever else is stored.
     */
    List<Article> popular(long leastViews, Optional<String> category) {
        Filter popular = Path.of("views").atLeast(leastViews);
        Filter asked = category.map(
                        name -> Filter.and(popular, Path.of("category").is(name)))
                .orElse(popular);
        List<Article> found = new ArrayList<>();
        store.iterate(COLLECTION, QueryRequest.where(asked).output(WITHOUT_VECTOR), PAGE)
                .forEachRemaining(page -> page.forEach(entity -> found.add(article(entity))));
        found.sort(Comparator.comparingLong(Article::views).reversed().thenComparing(Article::id));
        return found;
    }

    /** The nearest in meaning, the nearest first. */
    List<Article> about(String text, int most) {
        SearchRequest request = SearchRequest.of(Vector.of(WordVectors.of(text)))
                .k(most)
                .output(WITHOUT_VECTOR)
                .build();
        return store.search(COLLECTION, request).stream()
                .flatMap(hit -> hit.entity().stream())
                .map(ArticleStore::article)
                .toList();
    }

    void delete(String id) {
        store.deleteKeys(COLLECTION, List.of(Id.of(id)));
    }

    private static Article article(Entity entity) {
        Map<String, Object> fields = entity.fields();
        return new Article(
                entity.id(),
                String.valueOf(fields.get("title")),
                String.valueOf(fields.get("category")),
                (Long) fields.getOrDefault("views", 0L),
                String.valueOf(fields.get("text")));
    }
}
