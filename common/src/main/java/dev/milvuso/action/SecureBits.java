package dev.milvuso.action;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/**
 * The bits of a {@link SecureRandom}, of which each thread takes many at a time: it has one lock, and a thread that is
 * put to sleep holding it holds up all others. Safe for use by many threads.
 */
public final class SecureBits implements RandomGenerator {
    private static final int BYTES = 1024;

    private final SecureRandom source = new SecureRandom();
    private final ThreadLocal<ByteBuffer> taken =
            ThreadLocal.withInitial(() -> ByteBuffer.allocate(BYTES).limit(0));

    @Override
    public long nextLong() {
        ByteBuffer mine = taken.get();
        if (!mine.hasRemaining()) {
            byte[] more = new byte[BYTES];
            source.nextBytes(more);
            mine.clear().put(more).flip();
        }
        return mine.getLong();
    }
}
