package dev.milvuso.vector.filter;

import dev.milvuso.vector.ArgumentMismatch;

/** A filter that does not fit a collection's schema. The message begins with {@code filter:} and names the field. */
public final class FilterMismatch extends ArgumentMismatch {
    private static final long serialVersionUID = 1;

    FilterMismatch(String reason) {
        super("filter: " + reason, "filter");
    }
}
