package dev.milvuso.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;

/** How a refusal is written: {@code application/problem+json} of RFC 9457. */
final class ProblemJson {
    static final String TYPE = "application/problem+json";

    /** ASCII only: a refusal may quote text that is no valid Unicode. */
    private static final ObjectMapper MAPPER =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private ProblemJson() {}

    static byte[] bytes(Problem problem) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", problem.status());
        body.put("title", HttpStatus.getMessage(problem.status()));
        body.put("detail", String.valueOf(problem.getMessage()));
        body.put("errors", problem.faults());
        try {
            return MAPPER.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem cannot be written as JSON", e);
        }
    }
}
