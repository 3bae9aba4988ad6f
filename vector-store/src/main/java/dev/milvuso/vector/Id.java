package dev.milvuso.vector;

import java.util.Collection;
import java.util.List;

/**
 * What an entity is told apart by. Texts are ordered by code point, as filters and queries order them, numbers as
 * numbers and before texts.
 */
public sealed interface Id extends Comparable<Id> {
    /** @param value well-formed, not empty */
    record Text(String value) implements Id {
        @Override
        public String toString() {
            return value;
        }
    }

    record Numeric(long value) implements Id {
        @Override
        public String toString() {
            return Long.toString(value);
        }
    }

    static Id of(String value) {
        return new Text(value);
    }

    static Id of(long value) {
        return new Numeric(value);
    }

    static List<Id> ofTexts(Collection<String> values) {
        return values.stream().map(Id::of).toList();
    }

    /** {@link String} or {@link Long}, as in a {@link Filter}. */
    default Object plain() {
        return this instanceof Text text ? text.value : (Object) ((Numeric) this).value;
    }

    @Override
    default int compareTo(Id other) {
        if (this instanceof Text text) {
            return other instanceof Text otherText ? Texts.compare(text.value, otherText.value) : 1;
        }
        return other instanceof Numeric number ? Long.compare(((Numeric) this).value, number.value) : -1;
    }
}
