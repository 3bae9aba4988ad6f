package dev.milvuso.vector.tenant;

import dev.milvuso.vector.Texts;
import java.nio.charset.StandardCharsets;

/**
 * A tenant's name in letters, digits and {@code _} alone, no two tenants' alike: {@code t_}, then letters and digits of
 * ASCII as they are, and every other byte as {@code _} and two hexadecimal digits. So it never has {@code __} behind
 * the first two characters but at its end, and none is the beginning of another followed by {@code __} or {@code /}.
 *
 * @param plain at most 128 characters
 */
record TenantName(String plain) {
    static final int LONGEST = 128;

    /** @throws IllegalArgumentException naming what is wrong */
    static TenantName of(String tenant) {
        if (tenant.isEmpty() || !Texts.isWellFormed(tenant)) {
            throw new IllegalArgumentException("tenant '" + tenant + "' must be well-formed text, not empty");
        }
        StringBuilder plain = new StringBuilder("t_");
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
}
