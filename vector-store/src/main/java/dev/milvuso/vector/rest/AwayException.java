package dev.milvuso.vector.rest;

import dev.milvuso.component.Unavailable;
import java.util.List;

/** The server, or what it depends on, does not answer now. */
final class AwayException extends Unavailable implements NamedPositions {
    private static final long serialVersionUID = 1;

    private final transient List<Integer> notDone;

    AwayException(String dependency, String detail, List<Integer> notDone) {
        super(dependency, detail, null);
        this.notDone = notDone;
    }

    @Override
    public List<Integer> notDone() {
        return notDone;
    }
}
