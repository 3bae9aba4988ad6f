package dev.milvuso.vector;

import java.util.Set;

/** Which fields and vectors of an entity are wanted beside its key. */
public sealed interface Output {
    /** All fields, dynamic ones too, and all vectors. */
    record Everything() implements Output {
        @Override
        public boolean has(String name) {
            return true;
        }
    }

    /** These fields and vectors; none means the key alone. */
    record Named(Set<String> names) implements Output {
        public Named {
            names = Set.copyOf(names);
        }

        @Override
        public boolean has(String name) {
            return names.contains(name);
        }
    }

    Output ALL = new Everything();
    Output KEY = new Named(Set.of());

    static Output of(String... names) {
        return new Named(Set.of(names));
    }

    /** Whether this field or vector is wanted. */
    boolean has(String name);
}
