package dev.milvuso.vector.tenant;

import dev.milvuso.vector.Texts;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A tenant's name in letters, digits and {@code _} alone, no two tenants' alike: {@code t_}, then letters and digits of
 * ASCII as they are, and every other byte as {@code _} and two hexadecimal digits. So it never has {@code __} behind
 * the first two characters but at its end, and none is the beginning of another followed by {@code __} or {@code /}.
 *
 * @param plain at most 128 characters
 */
record TenantName(String plain) {
    static final int LONGEST = 128;

    private static final String PREFIX = "t_";

    /** @throws IllegalArgumentException naming what is wrong */
    static TenantName of(String tenant) {
        if (tenant.isEmpty() || !Texts.isWellFormed(tenant)) {
            throw new IllegalArgumentException("tenant '" + tenant + "' must be well-formed text, not empty");
        }
        StringBuilder plain = new StringBuilder(PREFIX);
        for (byte next : tenant.getBytes(StandardCharsets.UTF_8)) {
            char letter = (char) (next & 0xff);
            boolean isPlain = (letter >= 'a' && letter <= 'z')
                    || (letter >= 'A' && letter <= 'Z')
                    || (letter >= '0' && letter <= '9');
            plain.append(isPlain ? String.valueOf(letter) : "_%02x".formatted((int) letter));
        }
        if (plain.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "tenant '" + tenant + "' is too long: letters and digits count one, others "
                            + "three for each byte of UTF-8, " + (LONGEST - 2) + " in all");
        }
        return new TenantName(plain.toString());
    }

    /** The tenant whose name this is, if it is one. */
    static Optional<String> read(String plain) {
        Matcher letters = Pattern.compile("[A-Za-z0-9]|_([0-9a-f]{2})").matcher(plain);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int at = PREFIX.length();
        while (plain.startsWith(PREFIX) && letters.region(at, plain.length()).lookingAt()) {
            bytes.write(letters.group(1) == null ? plain.charAt(at) : Integer.parseInt(letters.group(1), 16));
            at = letters.end();
        }
        String tenant = bytes.toString(StandardCharsets.UTF_8);
        // Whatever else looks like one, such as a byte that is no UTF-8 or a letter in another spelling, is none.
        boolean isOne =
                at == plain.length() && !tenant.isEmpty() && of(tenant).plain().equals(plain);
        return isOne ? Optional.of(tenant) : Optional.empty();
    }
}
