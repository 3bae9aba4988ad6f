package dev.milvuso.vector.rest;

import java.util.List;

/** A request that the server finds wrong, or that something there stands against. */
final class RefusedException extends IllegalArgumentException implements NamedPositions {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String field;
    private final transient List<Integer> notDone;

    RefusedException(int status, String field, String detail, List<Integer> notDone) {
        super(detail);
        this.status = status;
        this.field = field;
        this.notDone = notDone;
    }

    /** Whether it is not there what the address names so, such as {@code partition}. */
    boolean isUnknown(String what) {
        return status == 404 && field.equals(what);
    }

    @Override
    public List<Integer> notDone() {
        return notDone;
    }
}
