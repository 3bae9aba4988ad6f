package dev.milvuso.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the part of an address behind the question mark. Broken encodings are refused, not guessed at. */
final class QueryString {
    private QueryString() {}

    /** @throws Problem naming the parameter if it holds a broken percent encoding or is not UTF-8 */
    static Map<String, List<String>> parse(@Nullable String query) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String pair : query == null ? new String[0] : query.split("&", -1)) {
            if (!pair.isEmpty()) {
                String[] parts = pair.split("=", 2);
                String name = decoded(parts[0], parts[0]);
                parameters
                        .computeIfAbsent(name, unused -> new ArrayList<>())
                        .add(parts.length == 1 ? "" : decoded(parts[1], name));
            }
        }
        return parameters;
    }

    private static String decoded(String text, String parameter) {
        byte[] raw = text.replace('+', ' ').getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(raw.length);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] == '%') {
                int high = i + 1 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
                int low = i + 2 < raw.length ? Character.digit(raw[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    throw broken(parameter, "% must be followed by two hexadecimal digits");
                }
                bytes.put((byte) (high * 16 + low));
                i += 2;
            } else {
                bytes.put(raw[i]);
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw broken(parameter, "what is encoded must be UTF-8");
        }
    }

    private static Problem broken(String parameter, String message) {
        return Problem.of(400, JsonPlace.cut(parameter), "is not encoded rightly: " + message);
    }
}
