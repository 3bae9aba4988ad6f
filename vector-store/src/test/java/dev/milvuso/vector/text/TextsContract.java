package dev.milvuso.vector.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Feature;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.KeyField;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.Path;
import dev.milvuso.vector.QueryRequest;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.StoreFixture;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sparse vectors that are made of texts, on whichever store has sparse vectors, and in a tenant's part of it. */
public abstract class TextsContract extends StoreFixture {
    private static final List<String> DOCUMENTS = List.of(
            "The quick brown fox jumps over the lazy dog",
            "A fox is a fox is a fox",
            "Dogs and foxes are not friends, says the dog",
            "Brown bread",
            "…");

    private final CollectionSchema schema = CollectionSchema.named(name)
            .key(new KeyField("id", new Field.Type.Text(64), false))
            .vector("words", new VectorField.Type.Sparse())
            .vector("meaning", 2, Metric.COSINE)
            .field(new Field("body", Field.Type.TEXT).orNull())
            .build();

    protected TextsContract() {
        super("texts");
    }

    private CollectionTexts texts() {
        return new CollectionTexts(store());
    }

    @Override
    protected void cleanUp() {
        texts().forget(schema);
        super.cleanUp();
    }

    private static Entity note(int key, String body) {
        return Entity.of(Id.of(String.valueOf(key)))
                .with("meaning", Vector.of(1, key))
                .with("body", body);
    }

    private static List<Entity> notes() {
        return IntStream.range(0, DOCUMENTS.size())
                .mapToObj(n -> note(n, DOCUMENTS.get(n)))
                .toList();
    }

    private void insert(List<Entity> entities) {
        List<Id> unused = store().insert(name, Optional.empty(), texts().complete(schema, entities));
    }

    private List<Hit> search(String text) {
        Vector query = texts().query(schema, schema.vector(Optional.of("words")), text);
        return store().search(name, SearchRequest.of(query).in("words").k(10).build());
    }

    private List<String> keys(String text) {
        return search(text).stream().map(Hit::id).toList();
    }

    @Test
    void whatIsFittedAfterTheRowsScoresAsAnEncoderThatWasFittedToThem() {
        store().create(schema);
        Bm25Field empty = texts().fit(name, "body", "words");
        assertThat(empty.documents()).isZero();
        insert(notes());
        Bm25Field fitted = texts().fit(name, "body", "words");
        assertThat(fitted.documents()).isEqualTo(5);
        assertThat(texts().fitted(schema)).containsExactly(fitted);

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
        store().create(schema);
        assertThat(texts().fit(name, "body", "words").words()).isZero();
        insert(notes());
        assertThat(keys("bread")).containsExactly("3");
        texts().fit(name, "body", "words");
        insert(List.of(note(9, "fresh bread")));
        assertThat(keys("bread")).containsExactlyInAnyOrder("3", "9");
        assertThat(keys("unheard")).isEmpty();
        // One that brings its vector keeps it.
        insert(List.of(note(10, "more bread").with("words", new Vector.Sparse(new int[] {1}, new float[] {1}))));
        assertThat(keys("bread")).hasSize(2);
    }

    @Test
    void rowsStayInTheirPartitionsAndKeepTheRest() {
        store().create(schema);
        // A tenant has none, and its rows are all there are.
        Optional<String> late = can(Feature.PARTITIONS) ? Optional.of("late") : Optional.empty();
        late.ifPresent(partition -> store().createPartition(name, partition));
        texts().fit(name, "body", "words");
        List<Id> unused = store().insert(name, late, texts().complete(schema, notes()));
        texts().fit(name, "body", "words");
        QueryRequest there = QueryRequest.everything().in(late.map(Set::of).orElse(Set.of()));
        List<Entity> found = store().query(name, there);
        assertThat(found).hasSize(5);
        assertThat(found).extracting(row -> row.vectors().get("meaning")).contains(Vector.of(1, 3));
        assertThat(store().count(name)).isEqualTo(5);
    }

    @Test
    void aCountTakesThePlaceOfTheOneBeforeAndGoesWithItsCollection() {
        store().create(schema);
        Bm25Field empty = texts().fit(name, "body", "words");
        insert(notes());
        Bm25Field first = texts().fit(name, "body", "words");
        Bm25Field second = texts().fit(name, "body", "words");
        assertThat(List.of(kept(empty), kept(first))).containsOnly(0L);
        assertThat(kept(second)).isEqualTo(second.words());
        store().drop(name);
        texts().forget(schema);
        assertThat(kept(second)).isZero();
        assertThat(texts().fitted(schema)).isEmpty();
    }

    /** Words of a count. */
    private long kept(Bm25Field fitted) {
        return store().count(KeptWords.of(store()).collection(), Path.of("id").startsWith(fitted.generation()));
    }

    @Test
    void severalVectorsAreMadeOfTheTextsThatTheyWereFittedTo() {
        CollectionSchema two = CollectionSchema.named(name)
                .key(new KeyField("id", new Field.Type.Text(64), false))
                .vector("plain", new VectorField.Type.Sparse())
                .vector("words", new VectorField.Type.Sparse())
                .vector("heads", new VectorField.Type.Sparse())
                .field("body", Field.Type.TEXT)
                .field("head", Field.Type.TEXT)
                .build();
        Vector own = new Vector.Sparse(new int[] {1}, new float[] {1});
        store().create(two);
        Bm25Field heads = texts().fit(name, "head", "heads");
        assertThat(texts().fitted(two)).containsExactly(heads);
        Bm25Field words = texts().fit(name, "body", "words");
        assertThat(texts().fitted(two)).containsExactly(words, heads);
        Entity row = Entity.of(Id.of("one"))
                .with("body", "brown bread")
                .with("head", "news")
                .with("plain", own);
        List<Id> unused = store().insert(name, Optional.empty(), texts().complete(two, List.of(row)));
        for (String field : List.of("words", "heads")) {
            Vector news = texts().query(two, two.vector(Optional.of(field)), "news");
            List<Hit> hits =
                    store().search(name, SearchRequest.of(news).in(field).k(10).build());
            assertThat(hits).hasSize(field.equals("heads") ? 1 : 0);
        }
        texts().forget(two);
    }

    @Test
    void whatCannotBeIsRefusedInOneSentence() {
        store().create(schema);
        List<Runnable> wrong = new ArrayList<>();
        wrong.add(() -> texts().fit(name, "meaning", "words"));
        wrong.add(() -> texts().fit(name, "body", "meaning"));
        wrong.add(() -> texts().fit("nothing", "body", "words"));
        wrong.add(() -> search("fox"));
        wrong.add(() -> texts().query(schema, schema.vector(Optional.of("meaning")), "fox"));
        List<String> said = List.of(
                "collection " + name + " has no text field meaning: name one of its schema",
                "collection " + name + " has no sparse vectors meaning: BM25 needs a sparse vector field",
                "there is no collection nothing",
                "the vectors of words are not made of a text yet: POST /collections/" + name
                        + "/bm25 (./milvuso vectors bm25) does it",
                "a text finds sparse vectors made by BM25, and those of meaning are not sparse: give a vector");
        for (int n = 0; n < wrong.size(); n++) {
            assertThatIllegalArgumentException().isThrownBy(wrong.get(n)::run).withMessage(said.get(n));
        }
        texts().fit(name, "body", "words");
        assertThatIllegalArgumentException().isThrownBy(() -> search("… !")).withMessageContaining("no word");
    }
}
