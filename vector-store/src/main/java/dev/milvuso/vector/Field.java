package dev.milvuso.vector;

/** A field of a collection beside id and vector. */
public record Field(String name, Type type) {
    /** What a field's values are in Java. */
    public enum Type {
        /** {@link String} of up to 1,024 bytes in UTF-8. */
        TEXT,
        /** {@link Long}. */
        INTEGER,
        /** {@link Double}, finite. */
        REAL,
        /** {@link Boolean}. */
        BOOL
    }

    public Field {
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]{0,254}")) {
            throw new IllegalArgumentException(
                    "field name '" + name + "' must be 1 to 255 letters, digits and _, not starting with a digit");
        }
    }
}
