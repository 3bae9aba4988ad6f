package dev.milvuso.joiner.core;

import dev.milvuso.action.Action;
import dev.milvuso.action.ActionType;

/** What an action says of its item. */
public final class LabelPolicy {
    private LabelPolicy() {}

    /** @return 1 for the item, 0 against it; a rating's verdict stands in its value, if it has one */
    public static int label(ActionType type, Action action) {
        return type.verdict(action.value()) > 0 ? 1 : 0;
    }

    /** @return 0 to 100; 0 for what says nothing */
    public static float weight(ActionType type) {
        return type.sign() == 0 ? 0 : type.weight();
    }
}
