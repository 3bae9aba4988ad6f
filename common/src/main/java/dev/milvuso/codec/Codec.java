package dev.milvuso.codec;

/**
 * Turns a record into the bytes of its topic and back. Implementations hold no state and may be used by many threads.
 */
public interface Codec<V> {
    byte[] encode(V value);

    /** @throws MalformedRecordException if the bytes are not such a record or are of an unknown schema version */
    V decode(byte[] bytes) throws MalformedRecordException;
}
