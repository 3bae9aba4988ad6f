package dev.milvuso.vector.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.milvuso.vector.Vector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Sparse vectors whose inner product is BM25: Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and
 * Beyond, 2009. A document's vector holds {@code tf (k1 + 1) / (tf + k1 (1 - b + b length / average length))} for each
 * token, a query's the inverse document frequency times how often the token is asked for. Safe for use by many threads.
 *
 * <p>A token's index is a hash of 31 bits, so that new words need no vocabulary. A document keeps the average length
 * that was known when it was encoded; a query is encoded by the frequencies known now.
 */
public final class Bm25Encoder {
    static final double K1 = 1.2;
    static final double B = 0.75;

    private static final int SCHEMA = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Tokenizer tokenizer;
    private final double k1;
    private final double b;
    private volatile Bm25Statistics statistics;

    /** With what suits most texts: k1 1.2, b 0.75. */
    public Bm25Encoder(Tokenizer tokenizer) {
        this(tokenizer, K1, B, Bm25Statistics.NONE);
    }

    /**
     * @param k1 how much a repeated token counts, 0 to 10
     * @param b how much a long document is held back, 0 to 1
     */
    public Bm25Encoder(Tokenizer tokenizer, double k1, double b, Bm25Statistics statistics) {
        if (!(k1 >= 0 && k1 <= 10) || !(b >= 0 && b <= 1)) {
            throw new IllegalArgumentException("k1 is " + k1 + " and b " + b + ": must be 0 to 10 and 0 to 1");
        }
        this.tokenizer = tokenizer;
        this.k1 = k1;
        this.b = b;
        this.statistics = statistics;
    }

    /** Counts these documents in; more may follow. */
    public void fit(Collection<String> documents) {
        List<List<String>> tokens = documents.stream().map(tokenizer::tokens).toList();
        synchronized (this) {
            statistics = statistics.with(tokens);
        }
    }

    public Bm25Statistics statistics() {
        return statistics;
    }

    /** @return for the sparse field of a document */
    public Vector encodeDocument(String text) {
        List<String> tokens = tokenizer.tokens(text);
        double length = k1 * (1 - b + b * tokens.size() / statistics.averageLength());
        return vector(tokens, token -> token.getValue() * (k1 + 1) / (token.getValue() + length));
    }

    /** @return to search the sparse field with */
    public Vector encodeQuery(String text) {
        Bm25Statistics known = statistics;
        return vector(
                tokenizer.tokens(text), token -> token.getValue() * known.inverseDocumentFrequency(token.getKey()));
    }

    public TextEncoder documents() {
        return this::encodeDocument;
    }

    public TextEncoder queries() {
        return this::encodeQuery;
    }

    /** @param weight of a token with its count */
    private static Vector vector(List<String> tokens, ToDoubleFunction<Map.Entry<String, Long>> weight) {
        Map<String, Long> counts =
                tokens.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        Map<Integer, Double> weights = new TreeMap<>();
        counts.entrySet()
                .forEach(token -> weights.merge(index(token.getKey()), weight.applyAsDouble(token), Double::sum));
        int[] indices = new int[weights.size()];
        float[] numbers = new float[indices.length];
        int at = 0;
        for (Map.Entry<Integer, Double> number : weights.entrySet()) {
            indices[at] = number.getKey();
            numbers[at++] = number.getValue().floatValue();
        }
        return new Vector.Sparse(indices, numbers);
    }

    /** FNV-1a by UTF-16 unit, then mixed as MurmurHash3 does at its end; the sign is dropped. */
    static int index(String token) {
        int hash = 0x811C9DC5;
        for (int i = 0; i < token.length(); i++) {
            hash = (hash ^ token.charAt(i)) * 0x01000193;
        }
        hash = (hash ^ hash >>> 16) * 0x85EBCA6B;
        hash = (hash ^ hash >>> 13) * 0xC2B2AE35;
        // The largest index stays free: servers take indices below it.
        return Math.min((hash ^ hash >>> 16) & Integer.MAX_VALUE, Integer.MAX_VALUE - 1);
    }

    private record Saved(int schema, double k1, double b, Bm25Statistics statistics) {}

    /** Writes all but the tokenizer to a JSON file, whole or not at all. */
    public void save(Path file) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.write(fresh, JSON.writeValueAsBytes(new Saved(SCHEMA, k1, b, statistics)));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * @param tokenizer as it was when the file was written
     * @throws IllegalArgumentException if the file does not hold what {@link #save} writes
     */
    public static Bm25Encoder load(Tokenizer tokenizer, Path file) {
        try {
            Saved saved = JSON.readValue(Files.readAllBytes(file), Saved.class);
            if (saved.schema != SCHEMA) {
                throw new IllegalArgumentException(file + " has schema " + saved.schema + ": must be " + SCHEMA);
            }
            return new Bm25Encoder(tokenizer, saved.k1, saved.b, saved.statistics);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(file + " holds no BM25 statistics: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
