package dev.milvuso.examples;

import java.util.Locale;

/**
 * Texts as vectors of which words are in them: enough to see that a search works, and nothing to download. A text
 * encoder that was trained takes its place in earnest.
 */
final class WordVectors {
    static final int DIMENSION = 256;

    private WordVectors() {}

    static float[] of(String text) {
        float[] vector = new float[DIMENSION];
        vector[0] = 0.01f; // also a text without words has a direction
        for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1)) {
            if (word.length() > 3) {
                vector[Math.floorMod(word.hashCode() * 0x9E3779B9, DIMENSION)] += 1;
            }
        }
        return vector;
    }
}
