package dev.milvuso.vector.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.HybridSearchRequest;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.KeyField;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorField;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.embedded.EmbeddedVectorStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class Bm25EncoderTest {
    private static final List<String> DOCUMENTS = List.of(
            "The quick brown fox jumps over the lazy dog",
            "A fox is a fox is a fox",
            "Dogs and foxes are not friends, says the dog",
            "Brown bread");

    @TempDir
    Path folder;

    private static Bm25Encoder fitted() {
        Bm25Encoder encoder = new Bm25Encoder(Tokenizer.words());
        encoder.fit(DOCUMENTS);
        return encoder;
    }

    private static double product(Vector a, Vector b) {
        Vector.Sparse first = (Vector.Sparse) a;
        Vector.Sparse second = (Vector.Sparse) b;
        double sum = 0;
        for (int i = 0; i < first.indices().length; i++) {
            for (int j = 0; j < second.indices().length; j++) {
                sum += first.indices()[i] == second.indices()[j] ? first.numbers()[i] * second.numbers()[j] : 0;
            }
        }
        return sum;
    }

    /** The formula written out, by counting in the texts alone. */
    private static double bm25(String query, String document) {
        Tokenizer words = Tokenizer.words();
        double average = DOCUMENTS.stream()
                .mapToInt(text -> words.tokens(text).size())
                .average()
                .orElseThrow();
        double score = 0;
        for (String token : words.tokens(query)) {
            long with = DOCUMENTS.stream()
                    .filter(text -> words.tokens(text).contains(token))
                    .count();
            double idf = Math.log(1 + (DOCUMENTS.size() - with + 0.5) / (with + 0.5));
            double frequency = Collections.frequency(words.tokens(document), token);
            double length = words.tokens(document).size() / average;
            score += idf * frequency * 2.2 / (frequency + 1.2 * (0.25 + 0.75 * length));
        }
        return score;
    }

    @Test
    void theInnerProductOfQueryAndDocumentIsTheFormula() {
        Bm25Encoder encoder = fitted();
        for (String query : List.of("fox", "brown fox", "the dog the dog", "nothing of this", "friends says")) {
            for (String document : DOCUMENTS) {
                assertThat(product(encoder.encodeQuery(query), encoder.encodeDocument(document)))
                        .as("%s in %s", query, document)
                        .isCloseTo(bm25(query, document), within(1e-5));
            }
        }
    }

    @Test
    void fittingInPartsIsFittingAtOnce() {
        Bm25Encoder encoder = new Bm25Encoder(Tokenizer.words());
        DOCUMENTS.forEach(document -> encoder.fit(List.of(document)));
        assertThat(encoder.statistics()).isEqualTo(fitted().statistics());
        assertThat(encoder.statistics().documents()).isEqualTo(4);
        assertThat(encoder.statistics().frequencies()).containsEntry("fox", 2L).containsEntry("a", 1L);
    }

    @Test
    void whatWasSavedIsReadBack() throws IOException {
        Bm25Encoder encoder = new Bm25Encoder(Tokenizer.words(), 1.5, 0.5, fitted().statistics());
        Path file = folder.resolve("bm25.json");
        encoder.save(file);
        Bm25Encoder read = Bm25Encoder.load(Tokenizer.words(), file);
        assertThat(read.statistics()).isEqualTo(encoder.statistics());
        assertThat(read.encodeDocument(DOCUMENTS.get(1))).isEqualTo(encoder.encodeDocument(DOCUMENTS.get(1)));
        Files.writeString(file, "{\"schema\":2}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bm25Encoder.load(Tokenizer.words(), file))
                .withMessageContaining("bm25.json");
        Files.writeString(file, "{\"schema\":");
        assertThatIllegalArgumentException().isThrownBy(() -> Bm25Encoder.load(Tokenizer.words(), file));
    }

    @Test
    void textsAreFoundByWordsAndByMeaningAtOnce() {
        Bm25Encoder encoder = fitted();
        TextSearch words = new TextSearch("words", encoder.queries());
        TextSearch lengths = new TextSearch("length", text -> Vector.of(text.length(), 0));
        try (VectorStore store = EmbeddedVectorStore.inMemory()) {
            store.create(CollectionSchema.named("texts")
                    .key(KeyField.INTEGER)
                    .vector("words", new VectorField.Type.Sparse())
                    .vector("length", 2, Metric.EUCLIDEAN)
                    .build());
            store.insert(
                    "texts",
                    IntStream.range(0, DOCUMENTS.size())
                            .mapToObj(i -> Entity.of(Id.of(i))
                                    .with("words", encoder.encodeDocument(DOCUMENTS.get(i)))
                                    .with("length", Vector.of(DOCUMENTS.get(i).length(), 0)))
                            .toList());
            assertThat(store.search("texts", words.of("fox").build()).stream().map(Hit::id))
                    .containsExactly("1", "0");
            HybridSearchRequest both = HybridSearchRequest.of(
                    words.of("brown bread").build(), lengths.of("brown bread").build());
            assertThat(store.hybridSearch("texts", both).get(0).id()).isEqualTo("3");
        }
    }

    @Test
    void wordsAreCutAtWhatIsNeitherLetterNorDigit() {
        assertThat(Tokenizer.words().tokens("It's 3 o'clock — ÉCOLE ﬁne 日本語 x2"))
                .containsExactly("it", "s", "3", "o", "clock", "école", "fine", "日", "本", "語", "x2");
        assertThat(Tokenizer.words(Set.of("the")).tokens("The end")).containsExactly("end");
        assertThat(Tokenizer.words().tokens(" .,; ")).isEmpty();
    }

    @Test
    void indicesOfDifferentWordsDiffer() {
        Set<Integer> indices = new HashSet<>();
        IntStream.range(0, 20_000).forEach(i -> indices.add(Bm25Encoder.index("word" + i)));
        assertThat(indices).hasSizeGreaterThan(19_990).allMatch(index -> index >= 0 && index < Integer.MAX_VALUE);
    }
}
