package dev.milvuso.feature.worker.state;

import java.util.LinkedHashSet;

/** The hashes of the last event ids, to know a repeat. For one thread. */
final class RecentEvents {
    private final int most;
    private final LinkedHashSet<Long> hashes = new LinkedHashSet<>();

    RecentEvents(int most) {
        this.most = most;
    }

    /** 64 bits: among 200,000 ids two are alike once in 10⁹. */
    static long hash(String id) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        return hash ^ (hash >>> 33);
    }

    /** False if it was there. */
    boolean add(long hash) {
        if (!hashes.add(hash)) {
            return false;
        }
        if (hashes.size() > most) {
            hashes.remove(hashes.iterator().next());
        }
        return true;
    }

    void clear() {
        hashes.clear();
    }
}
