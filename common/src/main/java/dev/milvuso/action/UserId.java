package dev.milvuso.action;

/** Names a user or a guest's session. Compared exactly; see {@link Ids} for what it may hold. */
public record UserId(String value) implements Comparable<UserId> {
    /** @throws IllegalArgumentException if the value is not an id */
    public UserId {
        Ids.check("user_id", value);
    }

    @Override
    public int compareTo(UserId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
