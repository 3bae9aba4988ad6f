package dev.milvuso.server.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the part of an address behind the question mark. */
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
        try {
            return PercentEncoding.decode(text.replace('+', ' '));
        } catch (IllegalArgumentException e) {
            throw Problem.of(400, JsonPlace.cut(parameter), String.valueOf(e.getMessage()));
        }
    }
}
