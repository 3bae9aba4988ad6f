package dev.milvuso.server.catalogue;

import dev.milvuso.action.ItemId;

/** 64 bits that stand for an id: of a billion items two are alike with a chance of 3 in a hundred. */
public final class ItemHash {
    private ItemHash() {}

    public static long of(ItemId id) {
        String text = id.value();
        long hash = 0x9e3779b97f4a7c15L * (text.length() + 1L);
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0xff51afd7ed558ccdL;
            hash ^= hash >>> 32;
        }
        return mixed(hash);
    }

    /** The end of MurmurHash3 (Appleby, 2011). */
    private static long mixed(long hash) {
        long mixed = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }
}
