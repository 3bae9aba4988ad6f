package dev.milvuso.vector.text;

import dev.milvuso.vector.ArgumentMismatch;
import dev.milvuso.vector.BackendInfo;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Feature;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.QueryRequest;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorField;
import dev.milvuso.vector.VectorStore;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Sparse vectors of collections that are made of a text field of theirs, so that a text finds rows by BM25. What was
 * counted lies in the store itself. As safe for use by many threads as the store is.
 */
public record CollectionTexts(VectorStore store) {
    private static final int BATCH = 500;

    /** Stands for a text without a word: a vector must have a number. No word has it but by a chance of one in 2^31. */
    private static final Vector WORDLESS =
            new Vector.Sparse(new int[] {Integer.MAX_VALUE - 1}, new float[] {Float.MIN_NORMAL});

    /**
     * Counts the words of a text field and writes every row's vector anew. A row that somebody else writes meanwhile
     * may be set back to what it was; after a failure, run again.
     *
     * @param collection or an alias of it
     * @param vector of sparse vectors
     * @throws IllegalArgumentException if there is no such collection or field, or they are of another kind
     * @throws UnsupportedOperationException if the store has no sparse vectors
     */
    public Bm25Field fit(String collection, String field, String vector) {
        demandSparse();
        CollectionSchema schema = store.describe(collection)
                .orElseThrow(() -> new IllegalArgumentException("there is no collection " + collection));
        requireText(schema, field);
        requireSparse(schema, vector);
        WordCounts counts = new WordCounts();
        each(schema, Optional.empty(), Output.of(field), rows -> rows.forEach(row -> counts.add(text(row, field))));
        Bm25Field fitted = KeptWords.of(store).write(schema.name(), vector, field, counts);
        for (Optional<String> partition : partitions(schema)) {
            each(
                    schema,
                    partition,
                    Output.ALL,
                    rows -> store.upsert(
                            schema.name(),
                            partition,
                            rows.stream()
                                    .map(row -> row.with(vector, document(fitted, text(row, field))))
                                    .toList()));
        }
        return fitted;
    }

    private static boolean isText(CollectionSchema schema, String field) {
        return schema.field(field)
                .filter(found -> found.type() instanceof Field.Type.Text)
                .isPresent();
    }

    private static void requireText(CollectionSchema schema, String field) {
        if (!isText(schema, field)) {
            throw new ArgumentMismatch(
                    "collection " + schema.name() + " has no text field " + field + ": name one of its schema",
                    "field");
        }
    }

    private void demandSparse() {
        BackendInfo info = store.backendInfo();
        Feature.SPARSE_VECTORS.demand(info.features(), info.name() + " " + info.version());
    }

    private static void requireSparse(CollectionSchema schema, String vector) {
        boolean isSparse = schema.vectors().stream()
                .anyMatch(each -> each.name().equals(vector) && each.type() instanceof VectorField.Type.Sparse);
        if (!isSparse) {
            throw new ArgumentMismatch(
                    "collection " + schema.name() + " has no sparse vectors " + vector
                            + ": BM25 needs a sparse vector field",
                    "vector");
        }
    }

    /** None means all at once, where the store shares the rows out by itself, or has no partitions, as a tenant. */
    private List<Optional<String>> partitions(CollectionSchema schema) {
        return schema.partitionKey().isPresent() || !store.features().contains(Feature.PARTITIONS)
                ? List.of(Optional.empty())
                : store.partitions(schema.name()).stream().map(Optional::of).toList();
    }

    private void each(CollectionSchema schema, Optional<String> partition, Output output, Consumer<List<Entity>> work) {
        QueryRequest request = QueryRequest.everything()
                .output(output)
                .in(partition.map(Set::of).orElse(Set.of()));
        for (Iterator<List<Entity>> rows = store.iterate(schema.name(), request, BATCH); rows.hasNext(); ) {
            work.accept(rows.next());
        }
    }

    private static String text(Entity row, String field) {
        return row.fields().get(field) instanceof String text ? text : "";
    }

    private static Vector document(Bm25Field fitted, String text) {
        Bm25Encoder encoder = encoder(new Bm25Statistics(fitted.documents(), fitted.tokens(), Map.of()));
        return encoder.encodeDocument(text) instanceof Vector.Sparse words && words.indices().length > 0
                ? words
                : WORDLESS;
    }

    private static Bm25Encoder encoder(Bm25Statistics statistics) {
        return new Bm25Encoder(WordCounts.WORDS, Bm25Encoder.K1, Bm25Encoder.B, statistics);
    }

    /** The sparse vectors of a collection that were fitted; the collection by its own name. */
    public List<Bm25Field> fitted(CollectionSchema schema) {
        List<String> sparse = schema.vectors().stream()
                .filter(vector -> vector.type() instanceof VectorField.Type.Sparse)
                .map(VectorField::name)
                .toList();
        // A collection of the same name may have been made anew, with other fields.
        return sparse.isEmpty()
                ? List.of()
                : KeptWords.of(store).find(schema.name(), sparse).stream()
                        .filter(each -> isText(schema, each.field()))
                        .toList();
    }

    /** What was counted of a collection goes, as when the collection goes. */
    public void forget(CollectionSchema schema) {
        fitted(schema).forEach(each -> KeptWords.of(store).remove(schema.name(), each));
    }

    /** Gives entities the vectors that they lack and that are made of a text. */
    public List<Entity> complete(CollectionSchema schema, List<Entity> entities) {
        List<Bm25Field> fitted = fitted(schema);
        return fitted.isEmpty()
                ? entities
                : entities.stream().map(entity -> complete(fitted, entity)).toList();
    }

    private static Entity complete(List<Bm25Field> fitted, Entity entity) {
        Entity whole = entity;
        for (Bm25Field each : fitted) {
            if (!entity.vectors().containsKey(each.vector())) {
                whole = whole.with(each.vector(), document(each, text(entity, each.field())));
            }
        }
        return whole;
    }

    /**
     * What a text asks a sparse vector for.
     *
     * @throws IllegalArgumentException if the vector was not fitted, or the text has no word
     * @throws UnsupportedOperationException if the store has no sparse vectors
     */
    public Vector query(CollectionSchema schema, VectorField vector, String text) {
        if (!(vector.type() instanceof VectorField.Type.Sparse)) {
            demandSparse();
            throw new IllegalArgumentException("a text finds sparse vectors made by BM25, and those of " + vector.name()
                    + " are not sparse: give a vector");
        }
        Bm25Field fitted = fitted(schema).stream()
                .filter(each -> each.vector().equals(vector.name()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the vectors of " + vector.name() + " are not made of a text yet: POST /collections/"
                                + schema.name() + "/bm25 (./milvuso vectors bm25) does it"));
        Set<String> words = new HashSet<>(WordCounts.WORDS.tokens(text));
        if (words.isEmpty()) {
            throw new IllegalArgumentException("the text has no word to look for");
        }
        Map<String, Long> counts = new HashMap<>(KeptWords.of(store).counts(fitted, words));
        return encoder(new Bm25Statistics(fitted.documents(), Math.max(fitted.tokens(), counts.size()), counts))
                .encodeQuery(text);
    }
}
