package dev.milvuso.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.milvuso.vector.VectorStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A category's summary, by a server on this machine that stands in for a language model. */
class SummaryTest {
    private record Asked(String path, String authorization, JsonNode body) {}

    private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
    private volatile int status = 200;
    private volatile String answer =
            "{\"choices\": [{\"message\": {\"role\": \"assistant\", \"content\": \" Much went up. \\n\"}}]}";
    private final HttpServer server = unstarted();

    private static HttpServer unstarted() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void start() {
        server.createContext("/", exchange -> {
            asked.add(new Asked(
                    exchange.getRequestURI().getPath(),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                    new ObjectMapper().readTree(exchange.getRequestBody())));
            if (status > 0) {
                byte[] body = answer.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private ChatEndpoint model(Duration timeout) {
        URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
        return new ChatEndpoint(base, "some-model", "a-key", timeout);
    }

    private String run(Duration timeout) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (VectorStore store = Stores.open()) {
            Articles.run(store, Optional.of(model(timeout)), new PrintStream(bytes, true, StandardCharsets.UTF_8));
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theModelReadsTheCategoryAndNothingElse() throws Exception {
        assertThat(run(Duration.ofSeconds(20))).endsWith("space in a sentence: Much went up." + System.lineSeparator());
        Asked question = asked.remove();
        assertThat(question.path()).isEqualTo("/v1/chat/completions");
        assertThat(question.authorization()).isEqualTo("Bearer a-key");
        assertThat(question.body().get("model").textValue()).isEqualTo("some-model");
        assertThat(question.body().at("/messages/1/content").textValue().lines())
                .containsExactly(
                        "Probe reaches the asteroid: The probe landed on the asteroid at dawn.",
                        "Rocket launch delayed by wind: Strong wind delayed the rocket launch.",
                        "New telescope sees first light: Engineers aligned the telescope mirrors.");
        assertThat(asked).isEmpty();
    }

    @Test
    void anEndpointThatFailsIsNamed() {
        status = 401;
        assertThatThrownBy(() -> run(Duration.ofSeconds(20)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/v1 answered 401");
        status = 200;
        answer = "{\"choices\": []}";
        assertThatThrownBy(() -> run(Duration.ofSeconds(20)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("choices[0].message.content");
    }

    @Test
    void anEndpointThatHangsIsGivenUp() {
        status = 0;
        assertThatThrownBy(() -> run(Duration.ofMillis(200))).isInstanceOf(HttpTimeoutException.class);
    }
}
