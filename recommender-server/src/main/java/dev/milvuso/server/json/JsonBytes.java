package dev.milvuso.server.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/** Bytes of JSON as they are written: whoever writes sees to commas and brackets. For one thread. */
public final class JsonBytes {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    /** Decimals that a number keeps. */
    private static final int DECIMALS = 7;

    private static final double SCALE = 1e7;
    private static final float SMALL = 1e-3f;
    private static final float LARGE = 1e6f;

    private byte[] bytes = new byte[1024];
    private int size;

    /** Empties it. */
    public JsonBytes reset() {
        size = 0;
        return this;
    }

    /** What was written so far, in an array of its own. */
    public byte[] copy() {
        return Arrays.copyOf(bytes, size);
    }

    /** @param ascii as it is to stand there */
    public JsonBytes raw(String ascii) {
        int length = ascii.length();
        room(length);
        for (int i = 0; i < length; i++) {
            bytes[size++] = (byte) ascii.charAt(i);
        }
        return this;
    }

    public JsonBytes raw(byte[] written) {
        room(written.length);
        System.arraycopy(written, 0, bytes, size, written.length);
        size += written.length;
        return this;
    }

    /** A string in its quotes. */
    public JsonBytes text(String text) {
        int length = text.length();
        room(length + 2);
        bytes[size++] = '"';
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x7f && c != '"' && c != '\\') {
                bytes[size++] = (byte) c;
            } else {
                return rest(text, i);
            }
        }
        room(1);
        bytes[size++] = '"';
        return this;
    }

    /** The rest of a string that is not plain, and its last quote. */
    private JsonBytes rest(String text, int from) {
        for (byte each : text.substring(from).getBytes(StandardCharsets.UTF_8)) {
            room(6);
            if (each == '"' || each == '\\') {
                bytes[size++] = '\\';
                bytes[size++] = each;
            } else if (each >= 0 && each < ' ') {
                raw("\\u00");
                bytes[size++] = HEX[each >> 4];
                bytes[size++] = HEX[each & 15];
            } else {
                bytes[size++] = each;
            }
        }
        room(1);
        bytes[size++] = '"';
        return this;
    }

    public JsonBytes number(long number) {
        room(20);
        if (number < 0) {
            return number == Long.MIN_VALUE ? raw(Long.toString(number)) : minus().number(-number);
        }
        int digits = 1;
        for (long rest = number; rest >= 10; rest /= 10) {
            digits++;
        }
        long rest = number;
        for (int i = size + digits - 1; i >= size; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += digits;
        return this;
    }

    /** So many digits, with zeros in front. */
    public JsonBytes digits(int number, int digits) {
        room(digits);
        int rest = number;
        for (int i = size + digits - 1; i >= size; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += digits;
        return this;
    }

    /** As {@link UUID#toString}, without quotes. */
    public JsonBytes uuid(UUID uuid) {
        room(37);
        hex(uuid.getMostSignificantBits(), 60, 8);
        hex(uuid.getMostSignificantBits(), 28, 4);
        hex(uuid.getMostSignificantBits(), 12, 4);
        hex(uuid.getLeastSignificantBits(), 60, 4);
        hex(uuid.getLeastSignificantBits(), 44, 12);
        size--; // the last has no dash behind it
        return this;
    }

    private void hex(long bits, int shift, int digits) {
        for (int i = 0; i < digits; i++) {
            bytes[size++] = HEX[(int) (bits >>> (shift - 4 * i)) & 15];
        }
        bytes[size++] = '-';
    }

    private JsonBytes minus() {
        bytes[size++] = '-';
        return this;
    }

    /**
     * Rounded to 7 decimals, but for very small and very large ones.
     *
     * @param number finite
     */
    public JsonBytes number(float number) {
        float magnitude = Math.abs(number);
        if (magnitude == 0) {
            return raw("0.0");
        }
        if (magnitude < SMALL || magnitude >= LARGE) {
            return raw(Float.toString(number));
        }
        room(24);
        if (number < 0) {
            minus();
        }
        long scaled = Math.round(magnitude * SCALE);
        number(scaled / (long) SCALE);
        return decimals(scaled % (long) SCALE);
    }

    /** The point and what follows it, without the last zeros. */
    private JsonBytes decimals(long fraction) {
        long rest = fraction;
        int digits = DECIMALS;
        while (digits > 1 && rest % 10 == 0) {
            rest /= 10;
            digits--;
        }
        bytes[size++] = '.';
        for (int i = size + digits - 1; i >= size; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += digits;
        return this;
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
