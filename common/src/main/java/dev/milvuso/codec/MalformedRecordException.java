package dev.milvuso.codec;

/** Bytes in a topic that are not what the topic carries; the record belongs into the dead-letter topic. */
public final class MalformedRecordException extends Exception {
    /** @param message the reason, in words that an operator reads in the dead-letter topic's headers */
    public MalformedRecordException(String message) {
        super(message);
    }
}
