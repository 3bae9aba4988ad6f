package dev.milvuso.vector.text;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Cuts a text into the words by which it is found. Safe for use by many threads. */
@FunctionalInterface
public interface Tokenizer {
    /** In order, repeats included. */
    List<String> tokens(String text);

    /**
     * Runs of letters and digits, in lower case and compatibility form (NFKC); an ideograph is a word by itself, since
     * such scripts have no spaces.
     */
    static Tokenizer words() {
        return words(Set.of());
    }

    /** @param stopWords left out; in lower case */
    static Tokenizer words(Set<String> stopWords) {
        Set<String> leftOut = Set.copyOf(stopWords);
        return text ->
                split(text).stream().filter(word -> !leftOut.contains(word)).toList();
    }

    private static List<String> split(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        plain.codePoints().forEach(codePoint -> {
            boolean isIdeograph = Character.isIdeographic(codePoint);
            boolean isMark = Character.getType(codePoint) == Character.NON_SPACING_MARK && !word.isEmpty();
            if (isIdeograph || !(Character.isLetterOrDigit(codePoint) || isMark)) {
                end(word, words);
            }
            if (isIdeograph) {
                words.add(Character.toString(codePoint));
            } else if (Character.isLetterOrDigit(codePoint) || isMark) {
                word.appendCodePoint(codePoint);
            }
        });
        end(word, words);
        return words;
    }

    private static void end(StringBuilder word, List<String> words) {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }
}
