package dev.milvuso.vector.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** In how many documents each word stands. For one thread. */
final class WordCounts {
    static final Tokenizer WORDS = Tokenizer.words();

    private final Map<String, Long> documentsOf = new HashMap<>();
    private long documents;
    private long tokens;

    void add(String document) {
        List<String> words = WORDS.tokens(document);
        documents++;
        tokens += words.size();
        Set.copyOf(words).forEach(word -> documentsOf.merge(word, 1L, Long::sum));
    }

    long documents() {
        return documents;
    }

    long tokens() {
        return tokens;
    }

    Map<String, Long> words() {
        return documentsOf;
    }
}
