package dev.milvuso.vector.text;

import dev.milvuso.vector.Vector;

/** Makes a vector of a text, such as of its meaning. Safe for use by many threads. */
@FunctionalInterface
public interface TextEncoder {
    /** @throws dev.milvuso.component.Unavailable if whoever does it does not answer */
    Vector encode(String text);
}
