package dev.milvuso.vector;

import java.util.List;

/**
 * What an entity must fulfil to be found. Values are those of {@link Field.Type}; {@code id} may be compared as a text
 * field. Never made of text that came from outside: values are bound or escaped by the adapter.
 */
public sealed interface Filter {
    /**
     * How a field's value stands to the given one. Texts are ordered by code point, truth values false before true, and
     * numbers as numbers: 0 equals -0.
     */
    enum Operator {
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL
    }

    record Compare(String field, Operator operator, Object value) implements Filter {}

    /** @param values none means that nothing is found */
    record In(String field, List<Object> values) implements Filter {
        public In {
            values = List.copyOf(values);
        }
    }

    /** @param all none means true */
    record And(List<Filter> all) implements Filter {
        public And {
            all = List.copyOf(all);
        }
    }

    /** @param any none means false */
    record Or(List<Filter> any) implements Filter {
        public Or {
            any = List.copyOf(any);
        }
    }

    record Not(Filter filter) implements Filter {}

    static Filter equal(String field, Object value) {
        return new Compare(field, Operator.EQUAL, value);
    }
}
