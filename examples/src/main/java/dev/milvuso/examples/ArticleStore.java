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
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.text.TextEncoder;
import dev.milvuso.vector.text.TextSearch;
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

    private static final String MEANING = "meaning";

    private final VectorStore store;
    private final TextEncoder encoder;
    private final TextSearch search;

    /**
     * @param encoder of articles and of what is asked for
     * @param dimension of what it makes
     */
    ArticleStore(VectorStore store, TextEncoder encoder, int dimension) {
        this.store = store;
        this.encoder = encoder;
        this.search = new TextSearch(MEANING, encoder);
        store.create(CollectionSchema.named(COLLECTION)
                .vector(MEANING, dimension, Metric.COSINE)
                .field("title", Field.Type.TEXT)
                .field("category", Field.Type.TEXT)
                .field("views", Field.Type.INTEGER)
                .field("text", new Field.Type.Text(65535))
                .build());
    }

    void put(List<Article> articles) {
        store.upsert(COLLECTION, articles.stream().map(this::entity).toList());
    }

    private Entity entity(Article article) {
        return Entity.of(Id.of(article.id()))
                .with(MEANING, encoder.encode(article.title() + " " + article.text()))
                .withAll(Map.of(
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
        return found(search.of(text).k(most));
    }

    /** The same among those of a category. */
    List<Article> about(String text, String category, int most) {
        return found(search.of(text).k(most).filter(Path.of("category").is(category)));
    }

    private List<Article> found(SearchRequest.Builder request) {
        return store.search(COLLECTION, request.output(WITHOUT_VECTOR).build()).stream()
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
