package dev.milvuso.vector.json;

import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorField;

/** Makes the vector that a text asks for. */
@FunctionalInterface
public interface QueryTexts {
    /** Where no text is understood. */
    QueryTexts NONE = (field, text) -> {
        throw new IllegalArgumentException("cannot be searched for here: give a vector");
    };

    /** @throws IllegalArgumentException if it cannot be made, in one sentence */
    Vector query(VectorField field, String text);
}
