package dev.milvuso.server.action;

import dev.milvuso.action.Action;
import dev.milvuso.action.Erasure;
import dev.milvuso.action.ServedList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Where accepted actions are kept. Never blocks. */
public interface ActionLog extends AutoCloseable {
    /**
     * What depends on the result runs on a thread that may take its time.
     *
     * @return done when all are durable; failed with {@link dev.milvuso.component.Unavailable} if that is not known in
     *     time, in which case they may still arrive
     * @throws Overloaded if too much waits for acknowledgement already; nothing was taken then
     */
    CompletableFuture<Void> append(List<Action> actions);

    /** As {@link #append(List)}, of what erases a user. */
    CompletableFuture<Void> append(Erasure erasure);

    /** Keeps a list that was served, if there is room. */
    void offer(ServedList list);

    @Override
    void close();
}
