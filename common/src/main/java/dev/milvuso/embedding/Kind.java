package dev.milvuso.embedding;

/** Whose vector it is. */
public enum Kind {
    USER("user"),
    ITEM("item");

    private final String label;

    Kind(String label) {
        this.label = label;
    }

    /** As it stands in keys and collection names. */
    public String label() {
        return label;
    }
}
