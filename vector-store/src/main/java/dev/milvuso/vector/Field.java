package dev.milvuso.vector;

import java.util.Optional;

/**
 * A scalar field of a collection.
 *
 * @param nullable whether an entity may be without it
 * @param defaultValue what an entity without it gets; of its type
 */
public record Field(String name, Type type, boolean nullable, Optional<Object> defaultValue) {
    /** What a field's values are. */
    public sealed interface Type {
        /** {@link String} of up to 1,024 bytes in UTF-8. */
        Type TEXT = new Text(1024);
        /** {@link Long}. */
        Type INTEGER = new Int(64);
        /** {@link Double}, finite. */
        Type REAL = new Real(64);
        /** {@link Boolean}. */
        Type BOOL = new Bool();
        /** {@link java.util.Map}, see {@link Json}. */
        Type JSON = new Json();

        /** As people name it. */
        String label();

        /** What an array may hold. */
        sealed interface Element extends Type {}

        /** {@link Boolean}. */
        record Bool() implements Element {
            @Override
            public String label() {
                return "bool";
            }
        }

        /**
         * {@link Long}, within the range of so many bits.
         *
         * @param bits 8, 16, 32 or 64
         */
        record Int(int bits) implements Element {
            public Int {
                if (bits != 8 && bits != 16 && bits != 32 && bits != 64) {
                    throw new IllegalArgumentException("an integer of " + bits + " bits: must be 8, 16, 32 or 64");
                }
            }

            @Override
            public String label() {
                return "int" + bits;
            }

            public boolean holds(long value) {
                return value == value << (64 - bits) >> (64 - bits);
            }
        }

        /**
         * Finite; {@link Float} of 32 bits, {@link Double} of 64.
         *
         * @param bits 32 or 64
         */
        record Real(int bits) implements Element {
            public Real {
                if (bits != 32 && bits != 64) {
                    throw new IllegalArgumentException("a real number of " + bits + " bits: must be 32 or 64");
                }
            }

            @Override
            public String label() {
                return "float" + bits;
            }
        }

        /**
         * {@link String}.
         *
         * @param maxBytes in UTF-8, 1 to 65535
         */
        record Text(int maxBytes) implements Element {
            public static final int MOST_BYTES = 65535;

            public Text {
                if (maxBytes < 1 || maxBytes > MOST_BYTES) {
                    throw new IllegalArgumentException("a text of " + maxBytes + " bytes: must be 1 to 65535");
                }
            }

            @Override
            public String label() {
                return "text of up to " + maxBytes + " bytes";
            }
        }

        /**
         * {@link java.util.Map} from texts to {@link String}, {@link Long}, {@link Double}, {@link Boolean}, null,
         * {@link java.util.List} of such and further maps.
         */
        record Json() implements Type {
            @Override
            public String label() {
                return "json";
            }
        }

        /**
         * {@link java.util.List} of the element's values, none of them null.
         *
         * @param capacity elements at most, 1 to 4096
         */
        record Array(Element element, int capacity) implements Type {
            public static final int MOST_ELEMENTS = 4096;

            public Array {
                if (capacity < 1 || capacity > MOST_ELEMENTS) {
                    throw new IllegalArgumentException("an array of " + capacity + " elements: must be 1 to 4096");
                }
            }

            @Override
            public String label() {
                return "array of up to " + capacity + " of " + element.label();
            }
        }
    }

    /** @throws IllegalArgumentException naming what is wrong */
    public Field {
        Names.checkedField(name);
    }

    /** One that every entity has. */
    public Field(String name, Type type) {
        this(name, type, false, Optional.empty());
    }

    /** Its type and what else is not as usual, for people. */
    public String label() {
        return type.label()
                + (nullable ? ", nullable" : "")
                + defaultValue.map(value -> ", default " + value).orElse("");
    }

    public Field orNull() {
        return new Field(name, type, true, defaultValue);
    }

    public Field orElse(Object value) {
        return new Field(name, type, nullable, Optional.of(value));
    }
}
