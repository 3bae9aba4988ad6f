package dev.milvuso.vector.rest;

/** A request that the server finds wrong. */
final class RefusedException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String field;

    RefusedException(int status, String field, String detail) {
        super(detail);
        this.status = status;
        this.field = field;
    }

    /** Whether it is not there what the address names so, such as {@code partition}. */
    boolean isUnknown(String what) {
        return status == 404 && field.equals(what);
    }
}
