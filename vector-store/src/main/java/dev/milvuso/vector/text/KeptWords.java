package dev.milvuso.vector.text;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Feature;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.KeyField;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.Path;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorField;
import dev.milvuso.vector.VectorStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Word counts in a collection of the store, a row a word, so that a query reads only its own words. A row for each
 * sparse vector names the generation that counts; it is written last. The vectors that rows must have say nothing.
 *
 * @param collection of the words, there or not
 */
record KeptWords(VectorStore store, String collection) {
    private static final String COLLECTION = "milvuso_bm25";

    /** Its rows say whose they are, so that it cannot be the store's own. */
    private static final String OF_TENANTS = "milvuso_bm25_of_tenants";

    /** A longer word is not kept, and counts as one that stands in no document. */
    private static final int LONGEST_WORD = 500;

    private static final int BATCH = 1000;
    private static final String FIELD = "field";
    private static final String GENERATION = "generation";
    private static final String DOCUMENTS = "documents";
    private static final String TOKENS = "tokens";
    private static final String WORDS = "words";
    private static final CollectionSchema SCHEMA = CollectionSchema.named(COLLECTION)
            .key(new KeyField(CollectionSchema.ID, new Field.Type.Text(1024), false))
            .vector(CollectionSchema.VECTOR, VectorField.Type.floats(2, Metric.EUCLIDEAN))
            .field(FIELD, new Field.Type.Text(255))
            .field(GENERATION, new Field.Type.Text(64))
            .field(DOCUMENTS, Field.Type.INTEGER)
            .field(TOKENS, Field.Type.INTEGER)
            .field(WORDS, Field.Type.INTEGER)
            .build();

    static KeptWords of(VectorStore store) {
        return new KeptWords(store, store.features().contains(Feature.PARTITIONS) ? COLLECTION : OF_TENANTS);
    }

    private boolean isThere() {
        return store.describe(collection).isPresent();
    }

    private static String head(String collection, String vector) {
        return "bm25/" + collection + "/" + vector;
    }

    private static Entity row(String key, String field, String generation, long documents, long tokens, long words) {
        return Entity.of(Id.of(key))
                .with(CollectionSchema.VECTOR, Vector.of(0, 0))
                .withAll(Map.of(
                        FIELD, field, GENERATION, generation, DOCUMENTS, documents, TOKENS, tokens, WORDS, words));
    }

    Bm25Field write(String of, String vector, String field, WordCounts counts) {
        // One that is there may be partitioned, by the tenants it was made for.
        if (!isThere()) {
            store.create(SCHEMA.renamed(collection));
        }
        String generation = UUID.randomUUID().toString();
        List<Entity> rows = new ArrayList<>();
        for (Map.Entry<String, Long> word : counts.words().entrySet()) {
            if (isKept(word.getKey())) {
                rows.add(row(key(generation, word.getKey()), "", generation, word.getValue(), 0, 0));
            }
            if (rows.size() == BATCH) {
                store.upsert(collection, rows);
                rows.clear();
            }
        }
        Optional<Bm25Field> before = find(of, List.of(vector)).stream().findFirst();
        Bm25Field fitted = new Bm25Field(
                vector,
                field,
                counts.documents(),
                counts.tokens(),
                counts.words().size(),
                generation);
        rows.add(row(head(of, vector), field, generation, fitted.documents(), fitted.tokens(), fitted.words()));
        store.upsert(collection, rows);
        before.ifPresent(this::removeWords);
        return fitted;
    }

    private void removeWords(Bm25Field fitted) {
        store.deleteWhere(collection, Path.of(CollectionSchema.ID).startsWith(fitted.generation() + "/"));
    }

    void remove(String of, Bm25Field fitted) {
        store.delete(collection, List.of(head(of, fitted.vector())));
        removeWords(fitted);
    }

    private static String key(String generation, String word) {
        return generation + "/" + word;
    }

    private static boolean isKept(String word) {
        return word.getBytes(StandardCharsets.UTF_8).length <= LONGEST_WORD;
    }

    /** In the order of the vectors; those that were not fitted are left out. */
    List<Bm25Field> find(String of, List<String> vectors) {
        if (!isThere()) {
            return List.of();
        }
        Map<String, Entity> heads = read(
                        vectors.stream().map(vector -> head(of, vector)).toList())
                .stream()
                .collect(Collectors.toMap(Entity::id, Function.identity(), (one, again) -> again));
        return vectors.stream()
                .flatMap(
                        vector -> Stream.ofNullable(heads.get(head(of, vector))).map(row -> fitted(vector, row)))
                .toList();
    }

    private List<Entity> read(Collection<String> keys) {
        return store.get(collection, keys.stream().map(Id::of).toList(), Output.ALL);
    }

    private static Bm25Field fitted(String vector, Entity row) {
        return new Bm25Field(
                vector,
                (String) row.fields().getOrDefault(FIELD, ""),
                number(row, DOCUMENTS),
                number(row, TOKENS),
                number(row, WORDS),
                (String) row.fields().getOrDefault(GENERATION, ""));
    }

    private static long number(Entity row, String field) {
        return row.fields().get(field) instanceof Long number ? number : 0;
    }

    /** In how many documents these words stand; words of none are left out. */
    Map<String, Long> counts(Bm25Field fitted, Collection<String> words) {
        List<String> keys = words.stream()
                .filter(KeptWords::isKept)
                .map(word -> key(fitted.generation(), word))
                .toList();
        return read(keys).stream()
                .collect(Collectors.toMap(
                        row -> row.id().substring(fitted.generation().length() + 1), row -> number(row, DOCUMENTS)));
    }
}
