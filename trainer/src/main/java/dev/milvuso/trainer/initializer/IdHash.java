package dev.milvuso.trainer.initializer;

/** FNV-1a over the characters, 64 bits, the same on every machine. */
final class IdHash {
    private static final long BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private IdHash() {}

    /** Of kind and id, which do not run together. */
    static long of(String kind, String id) {
        return add((add(BASIS, kind) ^ 0xff) * PRIME, id);
    }

    private static long add(long hash, String text) {
        long sum = hash;
        for (int i = 0; i < text.length(); i++) {
            sum = (sum ^ text.charAt(i)) * PRIME;
        }
        return sum;
    }
}
