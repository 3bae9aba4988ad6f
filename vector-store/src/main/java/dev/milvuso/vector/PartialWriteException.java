package dev.milvuso.vector;

import dev.milvuso.component.Unavailable;
import java.util.List;

/** A write of which only some was acknowledged before the store failed. Sent again it may go through. */
public final class PartialWriteException extends Unavailable implements PartialWrite {
    private static final long serialVersionUID = 1;

    private final Kind kind;
    private final transient List<Integer> notDone;

    /**
     * @param dependency as in {@code GET /health}
     * @param notDone positions among what was given, ascending
     * @param all how many were given
     */
    public PartialWriteException(String dependency, Kind kind, List<Integer> notDone, int all, RuntimeException cause) {
        super(dependency, kind.sentence(notDone.size(), all, cause), cause);
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
