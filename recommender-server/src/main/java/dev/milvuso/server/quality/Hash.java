package dev.milvuso.server.quality;

/**
 * Ids as numbers of 64 bits, which take less room than the texts. Two of a million ids fall together with a probability
 * of about 3 in 10^8; the worst that comes of it is one action that counts for the wrong item.
 */
final class Hash {
    private Hash() {}

    /** FNV-1a over the characters, then the finisher of MurmurHash3, so that all bits depend on all characters. */
    static long of(String id) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }
}
