package dev.milvuso.server.tier.redis;

import dev.milvuso.action.UserId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A list as Redis holds it: a field of the user's hash.
 *
 * @param field what was asked for, and of which model
 * @param ttl how long all of the user's lists live from now on, above 0
 */
public record ListEntry(byte[] field, byte[] value, Duration ttl) {
    public static byte[] key(UserId user) {
        return ("milvuso:lists:" + user).getBytes(StandardCharsets.UTF_8);
    }
}
