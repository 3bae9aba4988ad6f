package dev.milvuso.examples;

import dev.milvuso.vector.Vector;
import dev.milvuso.vector.text.TextEncoder;
import java.util.Locale;

/**
 * Texts as vectors of which beginnings of words are in them, so that {@code rockets} is near {@code rocket}: enough to
 * see that a search works, and nothing to download. An encoder of meanings that was trained takes its place in earnest:
 * whatever makes a vector of a text is a {@link TextEncoder}.
 */
final class WordVectors implements TextEncoder {
    static final int DIMENSION = 256;
    private static final int STEM = 5;

    @Override
    public Vector encode(String text) {
        float[] vector = new float[DIMENSION];
        vector[0] = 0.01f; // also a text without words has a direction
        for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1)) {
            if (word.length() > 3) {
                String stem = word.substring(0, Math.min(STEM, word.length()));
                vector[Math.floorMod(stem.hashCode() * 0x9E3779B9, DIMENSION)] += 1;
            }
        }
        return Vector.of(vector);
    }
}
