package dev.milvuso.joiner.core;

import java.util.Arrays;

/**
 * The impressions of one request that are over, so that a repeat of one does not come back as another negative.
 * Immutable.
 *
 * @param fingerprints of their event ids, 64 bits each: a request has too few of them to collide
 */
public record Settled(long[] fingerprints) {
    static final Settled NONE = new Settled(new long[0]);

    boolean holds(String eventId) {
        long wanted = fingerprint(eventId);
        for (long known : fingerprints) {
            if (known == wanted) {
                return true;
            }
        }
        return false;
    }

    Settled with(String eventId) {
        long[] more = Arrays.copyOf(fingerprints, fingerprints.length + 1);
        more[fingerprints.length] = fingerprint(eventId);
        return new Settled(more);
    }

    /** FNV-1a over the characters. */
    private static long fingerprint(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Settled settled && Arrays.equals(fingerprints, settled.fingerprints);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(fingerprints);
    }
}
