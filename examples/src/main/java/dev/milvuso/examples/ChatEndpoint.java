package dev.milvuso.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A language model behind {@code POST …/chat/completions}, as OpenAI's interface and many servers that one runs oneself
 * have it.
 *
 * @param base such as {@code http://127.0.0.1:11434/v1}
 * @param key none for a server that wants none
 */
record ChatEndpoint(URI base, String model, String key, Duration timeout) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    /** @throws IOException saying what the endpoint did instead of answering */
    String answer(String instruction, String question) throws IOException, InterruptedException {
        Map<String, Object> body = Map.of(
                "model",
                model,
                "temperature",
                0,
                "messages",
                List.of(Map.of("role", "system", "content", instruction), Map.of("role", "user", "content", question)));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + "/chat/completions"))
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        HttpResponse<byte[]> answer = HTTP.send(request.build(), BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IOException(base + " answered " + answer.statusCode());
        }
        JsonNode text = JSON.readTree(answer.body()).at("/choices/0/message/content");
        if (!text.isTextual() || text.textValue().isBlank()) {
            throw new IOException(base + " answered without a text at choices[0].message.content");
        }
        return text.textValue().strip();
    }
}
