package dev.milvuso.vector;

import java.util.List;

/**
 * A write that the store refused after it had acknowledged some of it, such as into a collection that was dropped
 * meanwhile. Sent again it will be refused again.
 */
public final class RefusedWriteException extends IllegalArgumentException implements PartialWrite {
    private static final long serialVersionUID = 1;

    private final Kind kind;
    private final transient List<Integer> notDone;

    RefusedWriteException(Kind kind, List<Integer> notDone, int all, RuntimeException cause) {
        super(kind.sentence(notDone.size(), all, cause), cause);
        this.kind = kind;
        this.notDone = List.copyOf(notDone);
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public List<Integer> notDone() {
        return notDone;
    }
}
