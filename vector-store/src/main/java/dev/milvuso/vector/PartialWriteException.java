package dev.milvuso.vector;

import dev.milvuso.component.Unavailable;
import java.util.List;

/** A write of which the store acknowledged only some rows. Of those not stored some may yet be there. */
public final class PartialWriteException extends Unavailable {
    private static final long serialVersionUID = 1;

    private final transient List<Integer> notStored;

    /**
     * @param dependency as in {@code GET /health}
     * @param notStored positions in the list of entities that was given, ascending
     * @param all how many were given
     */
    public PartialWriteException(String dependency, List<Integer> notStored, int all, RuntimeException cause) {
        super(dependency, notStored.size() + " of " + all + " rows were not stored: " + cause.getMessage(), cause);
        this.notStored = List.copyOf(notStored);
    }

    /** Positions in the list of entities that was given, ascending. */
    public List<Integer> notStored() {
        return notStored;
    }
}
