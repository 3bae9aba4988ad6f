package dev.milvuso.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Undoes the percent encoding of addresses. What is broken is refused, not guessed at. */
final class PercentEncoding {
    /** What HTTP servers make of bytes that are not UTF-8 and stand in an address as they are. */
    private static final char REPLACED = '\ufffd';

    private PercentEncoding() {}

    /** @throws IllegalArgumentException that says what is broken */
    static String decode(String text) {
        return isPlain(text) ? text : undone(text);
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '%' || text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static String undone(String text) {
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(raw.length);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] == '%') {
                int high = i + 1 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
                int low = i + 2 < raw.length ? Character.digit(raw[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    throw new IllegalArgumentException(
                            "is not encoded rightly: % must be followed by two hexadecimal digits");
                }
                bytes.put((byte) (high * 16 + low));
                i += 2;
            } else {
                bytes.put(raw[i]);
            }
        }
        if (text.indexOf(REPLACED) >= 0) {
            throw notUtf8(null);
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw notUtf8(e);
        }
    }

    private static IllegalArgumentException notUtf8(@Nullable Exception cause) {
        return new IllegalArgumentException(
                "is not encoded rightly: it must be UTF-8, each byte beyond ASCII percent-encoded", cause);
    }
}
