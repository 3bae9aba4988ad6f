package dev.milvuso.server.guest;

import dev.milvuso.action.Action;
import dev.milvuso.action.UserId;
import java.util.List;

/** All that users did. May take its time. */
@FunctionalInterface
public interface History {
    /**
     * In the order in which it was accepted, as often as it stands there.
     *
     * @throws dev.milvuso.component.Unavailable if it cannot be asked, or not in time
     */
    List<Action> of(UserId user);
}
