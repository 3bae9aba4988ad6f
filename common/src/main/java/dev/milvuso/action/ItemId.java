package dev.milvuso.action;

/** Names an item of the catalogue. Compared exactly; see {@link Ids} for what it may hold. */
public record ItemId(String value) implements Comparable<ItemId> {
    /** @throws IllegalArgumentException if the value is not an id */
    public ItemId {
        Ids.check("item_id", value);
    }

    @Override
    public int compareTo(ItemId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
