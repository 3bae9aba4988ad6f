package dev.milvuso.vector.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.KeyField;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.QueryRequest;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorField;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.embedded.EmbeddedVectorStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CollectionTextsTest {
    private static final List<String> DOCUMENTS = List.of(
            "The quick brown fox jumps over the lazy dog",
            "A fox is a fox is a fox",
            "Dogs and foxes are not friends, says the dog",
            "Brown bread",
            "…");
    private static final CollectionSchema SCHEMA = CollectionSchema.named("notes")
            .key(KeyField.INTEGER)
            .vector("words", new VectorField.Type.Sparse())
            .vector("meaning", 2, Metric.COSINE)
            .field(new Field("body", Field.Type.TEXT).orNull())
            .build();

    private final VectorStore store = EmbeddedVectorStore.inMemory();
    private final CollectionTexts texts = new CollectionTexts(store);

    private static Entity note(int key, String body) {
        return Entity.of(Id.of(key)).with("meaning", Vector.of(1, key)).with("body", body);
    }

    private static List<Entity> notes() {
        return IntStream.range(0, DOCUMENTS.size())
                .mapToObj(n -> note(n, DOCUMENTS.get(n)))
                .toList();
    }

    private void insert(List<Entity> entities) {
        List<Id> unused = store.insert("notes", Optional.empty(), texts.complete(SCHEMA, entities));
    }

    private List<Hit> search(String text) {
        Vector query = texts.query(SCHEMA, SCHEMA.vector(Optional.of("words")), text);
        return store.search("notes", SearchRequest.of(query).in("words").k(10).build());
    }

    private List<String> keys(String text) {
        return search(text).stream().map(Hit::id).toList();
    }

    @Test
    void whatIsFittedAfterTheRowsScoresAsAnEncoderThatWasFittedToThem() {
        store.create(SCHEMA);
        Bm25Field empty = texts.fit("notes", "body", "words");
        assertThat(empty.documents()).isZero();
        insert(notes());
        Bm25Field fitted = texts.fit("notes", "body", "words");
        assertThat(fitted.documents()).isEqualTo(5);
        assertThat(texts.fitted(SCHEMA)).containsExactly(fitted);

        Bm25Encoder whole = new Bm25Encoder(Tokenizer.words());
        whole.fit(DOCUMENTS);
        Vector.Sparse query = (Vector.Sparse) whole.encodeQuery("brown fox");
        List<Hit> hits = search("brown fox");
        assertThat(hits).extracting(Hit::id).containsExactlyInAnyOrder("0", "1", "3");
        for (Hit hit : hits) {
            int n = Integer.parseInt(hit.id());
            assertThat((double) hit.score())
                    .isEqualTo(product(query, (Vector.Sparse) whole.encodeDocument(DOCUMENTS.get(n))), within(1e-5));
        }
    }

    private static double product(Vector.Sparse a, Vector.Sparse b) {
        double sum = 0;
        for (int i = 0; i < a.indices().length; i++) {
            for (int j = 0; j < b.indices().length; j++) {
                sum += a.indices()[i] == b.indices()[j] ? a.numbers()[i] * b.numbers()[j] : 0;
            }
        }
        return sum;
    }

    @Test
    void aRowThatComesLaterIsFoundByTheCountsThereAre() {
        store.create(SCHEMA);
        assertThat(texts.fit("notes", "body", "words").words()).isZero();
        insert(notes());
        assertThat(keys("bread")).containsExactly("3");
        texts.fit("notes", "body", "words");
        insert(List.of(note(9, "fresh bread")));
        assertThat(keys("bread")).containsExactlyInAnyOrder("3", "9");
        assertThat(keys("unheard")).isEmpty();
        // One that brings its vector keeps it.
        insert(List.of(note(10, "more bread").with("words", new Vector.Sparse(new int[] {1}, new float[] {1}))));
        assertThat(keys("bread")).hasSize(2);
    }

    @Test
    void rowsStayInTheirPartitionsAndKeepTheRest() {
        store.create(SCHEMA);
        store.createPartition("notes", "late");
        texts.fit("notes", "body", "words");
        List<Id> unused = store.insert("notes", Optional.of("late"), texts.complete(SCHEMA, notes()));
        texts.fit("notes", "body", "words");
        List<Entity> found = store.query("notes", QueryRequest.everything().in(Set.of("late")));
        assertThat(found).hasSize(5);
        assertThat(found).extracting(row -> row.vectors().get("meaning")).contains(Vector.of(1, 3));
        assertThat(store.count("notes")).isEqualTo(5);
    }

    @Test
    void aCountTakesThePlaceOfTheOneBeforeAndGoesWithItsCollection() {
        store.create(SCHEMA);
        texts.fit("notes", "body", "words");
        insert(notes());
        texts.fit("notes", "body", "words");
        Bm25Field fitted = texts.fit("notes", "body", "words");
        assertThat(store.count(KeptWords.COLLECTION)).isEqualTo(fitted.words() + 1);
        store.drop("notes");
        texts.forget(SCHEMA);
        assertThat(store.count(KeptWords.COLLECTION)).isZero();
        assertThat(texts.fitted(SCHEMA)).isEmpty();
    }

    @Test
    void whatCannotBeIsRefusedInOneSentence() {
        store.create(SCHEMA);
        List<Runnable> wrong = new ArrayList<>();
        wrong.add(() -> texts.fit("notes", "meaning", "words"));
        wrong.add(() -> texts.fit("notes", "body", "meaning"));
        wrong.add(() -> texts.fit("nothing", "body", "words"));
        wrong.add(() -> search("fox"));
        wrong.add(() -> texts.query(SCHEMA, SCHEMA.vector(Optional.of("meaning")), "fox"));
        List<String> said = List.of(
                "collection notes has no text field meaning: name one of its schema",
                "collection notes has no sparse vectors meaning: BM25 needs a sparse vector field",
                "there is no collection nothing",
                "the vectors of words are not made of a text yet: POST /collections/notes/bm25 (./milvuso vectors bm25) does it",
                "a text finds sparse vectors made by BM25, and those of meaning are not sparse: give a vector");
        for (int n = 0; n < wrong.size(); n++) {
            assertThatIllegalArgumentException().isThrownBy(wrong.get(n)::run).withMessage(said.get(n));
        }
        texts.fit("notes", "body", "words");
        assertThatIllegalArgumentException().isThrownBy(() -> search("… !")).withMessageContaining("no word");
    }
}
