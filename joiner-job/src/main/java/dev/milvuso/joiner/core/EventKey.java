package dev.milvuso.joiner.core;

import org.jspecify.annotations.Nullable;

/**
 * 128 bits in the place of an event id of up to 128 characters: what is remembered of each event for days is mostly its
 * key. Ids that were not made to collide do not.
 */
public record EventKey(long high, long low) {
    public static EventKey of(String eventId) {
        long high = 0xcbf29ce484222325L;
        long low = 0x9e3779b97f4a7c15L;
        for (int i = 0; i < eventId.length(); i++) {
            char c = eventId.charAt(i);
            high = (high ^ c) * 0x100000001b3L;
            low = (low + c) * 0xff51afd7ed558ccdL;
            low ^= low >>> 32;
        }
        return new EventKey(mixed(high), low);
    }

    /** FNV's upper bits hardly reach the lower ones. */
    private static long mixed(long hash) {
        long mixed = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 29);
    }

    /** The one that a record comes with goes through method handles, and this one is called several times an event. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EventKey key && high == key.high && low == key.low;
    }

    @Override
    public int hashCode() {
        return (int) low;
    }
}
