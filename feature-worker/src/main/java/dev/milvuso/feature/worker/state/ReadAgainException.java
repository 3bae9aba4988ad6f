package dev.milvuso.feature.worker.state;

/**
 * What a worker holds in memory must be dropped, and the log read again from the stored offsets: somebody else has
 * stored in between, or a snapshot is not in the log.
 */
public final class ReadAgainException extends RuntimeException {
    public ReadAgainException(String message) {
        super(message);
    }
}
