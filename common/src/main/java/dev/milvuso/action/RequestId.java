package dev.milvuso.action;

/**
 * Names one served list, so that what followed can be told from what did not. Compared exactly; see {@link Ids} for
 * what it may hold.
 */
public record RequestId(String value) implements Comparable<RequestId> {
    /** @throws IllegalArgumentException if the value is not an id */
    public RequestId {
        Ids.check("request_id", value);
    }

    @Override
    public int compareTo(RequestId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
