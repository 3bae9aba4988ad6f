package dev.milvuso.trainer.data;

/** What to do with a line that cannot be read. */
public enum OnError {
    FAIL,
    SKIP
}
