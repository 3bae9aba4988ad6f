package dev.milvuso.vector.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What BM25 knows of a collection's texts. Immutable.
 *
 * @param documents how many there are
 * @param tokens how many tokens they have together
 * @param frequencies in how many of them each token stands
 */
public record Bm25Statistics(long documents, long tokens, Map<String, Long> frequencies) {
    public static final Bm25Statistics NONE = new Bm25Statistics(0, 0, Map.of());

    /** @throws IllegalArgumentException if the numbers cannot be */
    public Bm25Statistics {
        frequencies = Map.copyOf(frequencies);
        for (Map.Entry<String, Long> frequency : frequencies.entrySet()) {
            if (frequency.getValue() < 1 || frequency.getValue() > documents) {
                throw new IllegalArgumentException("token '" + frequency.getKey() + "' stands in "
                        + frequency.getValue() + " of " + documents + " documents: must be 1 to all");
            }
        }
        if (documents < 0 || tokens < frequencies.size()) {
            throw new IllegalArgumentException(
                    documents + " documents with " + tokens + " tokens of " + frequencies.size() + " kinds cannot be");
        }
    }

    /** With further documents, each a list of tokens. */
    Bm25Statistics with(List<List<String>> more) {
        Map<String, Long> counts = new HashMap<>(frequencies);
        long all = tokens;
        for (List<String> document : more) {
            Set.copyOf(document).forEach(token -> counts.merge(token, 1L, Long::sum));
            all += document.size();
        }
        return new Bm25Statistics(documents + more.size(), all, counts);
    }

    /** Tokens in a document on average, at least 1. */
    double averageLength() {
        return documents == 0 ? 1 : Math.max(1, (double) tokens / documents);
    }

    /** {@code ln(1 + (N - n + 1/2) / (n + 1/2))}, never negative. */
    double inverseDocumentFrequency(String token) {
        long with = frequencies.getOrDefault(token, 0L);
        return Math.log1p((documents - with + 0.5) / (with + 0.5));
    }
}
