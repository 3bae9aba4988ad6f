package dev.milvuso.trainer.parameter;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** 64-bit hashes of ids as UTF-8. Keyed, so that nobody can choose ids that collide. */
record IdBytes(long key) {
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ODD = 0x9e3779b97f4a7c15L;

    /** Eight bytes at a time, each folded in by both halves of a 128-bit product (as in Wang Yi's wyhash). */
    long hash(byte[] id) {
        long hash = key ^ id.length * ODD;
        int at = 0;
        for (; at + Long.BYTES <= id.length; at += Long.BYTES) {
            hash = fold(hash ^ (long) WORD.get(id, at));
        }
        long tail = 0;
        for (; at < id.length; at++) {
            tail = tail << Byte.SIZE | (id[at] & 0xff);
        }
        return mix(fold(hash ^ tail));
    }

    private static long fold(long word) {
        long odd = word ^ 0xa0761d6478bd642fL;
        return odd * ODD ^ Math.multiplyHigh(odd, ODD);
    }

    /** The finalizer of SplittableRandom. */
    private static long mix(long word) {
        long mixed = (word ^ (word >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
