package dev.milvuso.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The OpenAPI document as a check of answers. */
final class Documented {
    private final JsonNode paths;

    Documented() {
        try (var file = Objects.requireNonNull(Documented.class.getResourceAsStream("openapi.json"))) {
            paths = new ObjectMapper().readTree(file).get("paths");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The answer must be one that the document names for this request. */
    void check(String method, String path, int status) {
        String plain = path.split("\\?", 2)[0];
        JsonNode route = paths.properties().stream()
                .filter(each -> plain.matches(each.getKey().replaceAll("\\{[^}]+}", "[^/]+")))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
        if (route == null) {
            assertThat(status).as(path + " is not documented").isEqualTo(404);
            return;
        }
        JsonNode operation = route.get(method.toLowerCase(Locale.ROOT));
        if (operation == null) {
            assertThat(status).as(method + " " + path + " is not documented").isEqualTo(405);
            return;
        }
        assertThat(operation.get("responses").has(String.valueOf(status)))
                .as("%s %s answered %d: the document does not say so", method, path, status)
                .isTrue();
    }
}
