package dev.milvuso.action;

/**
 * Names one action: the same id again is the same action again. Compared exactly; see {@link Ids} for what it may hold.
 */
public record EventId(String value) implements Comparable<EventId> {
    /** @throws IllegalArgumentException if the value is not an id */
    public EventId {
        Ids.check("event_id", value);
    }

    @Override
    public int compareTo(EventId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
