package dev.milvuso.joiner.flink;

import dev.milvuso.joiner.core.EventKey;

/** The event ids whose examples have gone on. */
interface Seen {
    boolean holds(EventKey event) throws Exception;

    void add(EventKey event) throws Exception;

    /** Puts into state what is not there yet, before a checkpoint. */
    void flush() throws Exception;
}
