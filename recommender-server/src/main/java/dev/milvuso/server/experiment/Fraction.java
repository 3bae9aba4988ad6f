package dev.milvuso.server.experiment;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A number from 0 up to 1 that a user always has: the first 8 bytes of SHA-256 over the UTF-8 of {@code salt + "/" +
 * user id}, as a big-endian number, its upper 53 bits divided by 2^53. Any language can compute it; numbers of
 * different salts have nothing to do with each other.
 */
final class Fraction {
    private Fraction() {}

    static double of(String salt, String user) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest((salt + "/" + user).getBytes(StandardCharsets.UTF_8));
            return (ByteBuffer.wrap(hash).getLong() >>> 11) * 0x1.0p-53;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
