package dev.milvuso.server.recommend;

/** Does something a moment later, on another thread, unless there is too much to do. */
@FunctionalInterface
public interface Later {
    /** @param what stands for the task: while an equal one waits or runs, this one is left out */
    void later(Object what, Runnable task);
}
