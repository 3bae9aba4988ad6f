package dev.milvuso.action;

import java.time.Clock;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Makes ids that sort by time: UUID version 7 (RFC 9562, section 5.7). Safe for use by many threads if its random
 * generator is.
 */
public final class EventIds {
    private final Clock clock;
    private final RandomGenerator random;

    public EventIds(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    public EventId next() {
        return new EventId(uuid().toString());
    }

    /** The milliseconds since 1970 in the upper 48 bits, version and variant, and 74 random bits. */
    public UUID uuid() {
        long high = (clock.millis() << 16) | 0x7000L | (random.nextLong() & 0xfffL);
        long low = (1L << 63) | (random.nextLong() >>> 2);
        return new UUID(high, low);
    }
}
