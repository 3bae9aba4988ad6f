package dev.milvuso.trainer.online;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;

/** Remembers the last ids seen. Not for several threads. */
final class RecentIds {
    private final int capacity;
    private final Set<String> known = new HashSet<>();
    private final ArrayDeque<String> inOrder = new ArrayDeque<>();

    RecentIds(int capacity) {
        this.capacity = capacity;
    }

    /** Whether the id is new; the oldest one is forgotten when there are too many. */
    boolean add(String id) {
        if (!known.add(id)) {
            return false;
        }
        inOrder.add(id);
        if (inOrder.size() > capacity) {
            known.remove(inOrder.remove());
        }
        return true;
    }
}
