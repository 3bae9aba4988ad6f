package dev.milvuso.server.quality;

import java.util.Locale;

/** What lists and their items can be told apart by. */
public enum Slice {
    SOURCE(16),
    POSITION(21),
    VARIANT(32),
    MODEL_VERSION(8);

    /** Values that are counted apart in one bucket; further ones count together as {@code other}. */
    final int most;

    Slice(int most) {
        this.most = most;
    }

    /** Whether whole lists are told apart, and not the items in them. */
    boolean isOfLists() {
        return this == VARIANT || this == MODEL_VERSION;
    }

    /** As the address of {@code GET /quality} has it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
