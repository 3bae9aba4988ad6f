package dev.milvuso.feature.worker;

/** The stored offset of a partition is not the one this worker left: what it holds in memory must be dropped. */
public final class TakenOverException extends RuntimeException {
    public TakenOverException(String message) {
        super(message);
    }
}
