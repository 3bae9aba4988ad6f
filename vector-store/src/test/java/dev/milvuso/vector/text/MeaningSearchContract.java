package dev.milvuso.vector.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Feature;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.HybridSearchRequest;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.KeyField;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.Path;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.StoreFixture;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Texts found by what they mean, as an encoder of dense vectors says it. */
public abstract class MeaningSearchContract extends StoreFixture {
    private static final List<String> DOCUMENTS = List.of(
            "a cat sleeps", "the kitten naps in the sun", "stocks fell again", "shares and bonds", "a sunny day");

    /** What a trained encoder would know: which words mean much the same. */
    private static final Map<String, Integer> MEANINGS = Map.of(
            "cat", 0, "kitten", 0, "feline", 0, "sleeps", 1, "naps", 1, "stocks", 2, "shares", 2, "money", 2, "sun", 3,
            "sunny", 3);

    private final TextSearch meaning = new TextSearch("meaning", MeaningSearchContract::encode);

    protected MeaningSearchContract() {
        super("meaning");
    }

    private static Vector encode(String text) {
        float[] vector = new float[5];
        vector[4] = 0.1f;
        for (String word : Tokenizer.words().tokens(text)) {
            Integer at = MEANINGS.get(word);
            if (at != null) {
                vector[at] += 1;
            }
        }
        return Vector.of(vector);
    }

    private CollectionSchema.Builder schema() {
        return CollectionSchema.named(name)
                .key(KeyField.INTEGER)
                .vector("meaning", 5, Metric.COSINE)
                .field("words", Field.Type.INTEGER);
    }

    private static Entity row(int i) {
        String text = DOCUMENTS.get(i);
        return Entity.of(Id.of(i)).with("meaning", encode(text)).with("words", (Object)
                (long) Tokenizer.words().tokens(text).size());
    }

    private List<String> found(SearchRequest.Builder request) {
        return store().search(name, request.build()).stream().map(Hit::id).toList();
    }

    @Test
    void aTextIsFoundThoughItSharesNoWordWithTheQuestion() {
        store().create(schema().build());
        List<Entity> rows = new ArrayList<>();
        for (int i = 0; i < DOCUMENTS.size(); i++) {
            rows.add(row(i));
        }
        store().upsert(name, rows);
        assertThat(found(meaning.of("feline").k(2))).containsExactly("0", "1");
        assertThat(found(meaning.of("feline naps").k(2))).containsExactly("0", "1");
        assertThat(found(meaning.of("money").k(2))).containsExactly("2", "3");
        assertThat(found(meaning.of("feline").k(1).filter(Path.of("words").above(3))))
                .containsExactly("1");
    }

    @Test
    void meaningAndWordsAreSearchedTogether() {
        if (!can(Feature.SPARSE_VECTORS) || !can(Feature.SEVERAL_VECTORS)) {
            return;
        }
        Bm25Encoder encoder = new Bm25Encoder(Tokenizer.words());
        encoder.fit(DOCUMENTS);
        TextSearch words = new TextSearch("terms", encoder.queries());
        store().create(schema().vector("terms", new VectorField.Type.Sparse()).build());
        List<Entity> rows = new ArrayList<>();
        for (int i = 0; i < DOCUMENTS.size(); i++) {
            rows.add(row(i).with("terms", encoder.encodeDocument(DOCUMENTS.get(i))));
        }
        store().upsert(name, rows);
        assertThat(found(words.of("feline bonds"))).containsExactly("3");
        HybridSearchRequest both = HybridSearchRequest.of(
                meaning.of("feline bonds").k(2).build(),
                words.of("feline bonds").build());
        assertThat(store().hybridSearch(name, both).stream().map(Hit::id)).containsExactlyInAnyOrder("0", "1", "3");
    }
}
