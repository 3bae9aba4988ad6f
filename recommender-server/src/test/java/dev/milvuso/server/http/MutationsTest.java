package dev.milvuso.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Good requests with a few bytes changed, the same ones in each run. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MutationsTest {
    private static final int ROUNDS = 1500;
    private static final String ACTION =
            "[{\"user_id\":\"u\",\"item_id\":\"\u00c3\u00a4\",\"action_type\":\"Rate\",\"value\":4.5,\"event_id\":\"e\","
                    + "\"timestamp\":\"2026-01-31T12:00:00Z\",\"context\":{\"a\":1e2,\"b\":\"\\ud83d\\ude00\"}}]";
    private static final String ITEM =
            "{\"item_id\":\"i\",\"embedding\":[0.25,-1e-3],\"tags\":[\"a\",\"b\"],\"category\":\"c\",\"hidden\":false,"
                    + "\"popularity_score\":1.5,\"attributes\":{\"a\":[1,{\"b\":\"\\u0041\"}]}}";
    private static final String ADDRESS = "/recommendations/a%2Fb?num_recommendations=5&category=a%20b&explain=true";
    private static final List<String> BITS = List.of(
            "\0",
            "\u0001",
            "\u00ff",
            "\u00c0\u0080",
            "\u00ed\u00a0\u0080",
            "\\u0000",
            "\\ud800",
            "\"",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "1e999999999",
            "-",
            "NaN",
            "null",
            "9".repeat(400),
            "%",
            "%00",
            "%ff",
            "%2e",
            "&",
            "=",
            "?",
            "#",
            "/",
            ";",
            " ",
            "\n",
            "\t",
            "+",
            "\u00e2\u0080\u00ae");

    private final Random random = new Random(20_261_121);
    private HttpFixture server;

    @BeforeAll
    void start() {
        server = new HttpFixture();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void aBodyIsTakenOrRefusedWithAReason() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            boolean isAction = i % 2 == 0;
            String body = mutated(isAction ? ACTION : ITEM);
            String path = isAction ? "/actions" : "/items";
            check(
                    "POST " + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: " + body.length()
                            + "\r\n\r\n" + body,
                    List.of(201, 202, 400));
        }
    }

    @Test
    void anAddressIsAnsweredOrRefusedWithAReason() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            String request = "GET " + mutated(ADDRESS) + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
            check(request, List.of(200, 400, 404, 405, 505));
        }
    }

    private void check(String request, List<Integer> possible) throws Exception {
        RawAnswer answer = RawAnswer.to(server.port(), request);
        assertThat(answer.status()).as(request).isIn(possible);
        if (answer.status() >= 400) {
            assertThat(answer.header("Content-Type")).as(request).isEqualTo("application/problem+json");
            JsonNode problem = new ObjectMapper().readTree(answer.body().getBytes(StandardCharsets.UTF_8));
            assertThat(problem.get("detail").textValue()).as(request).isNotEmpty();
            assertThat(answer.status() == 505 || !problem.get("errors").isEmpty())
                    .as(request + "\n" + answer.body())
                    .isTrue();
            assertThat(answer.body()).as(request).doesNotContain("Exception", "java.", "jackson");
        }
    }

    private String mutated(String text) {
        StringBuilder mutated = new StringBuilder(text);
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(mutated.length());
            int to = Math.min(mutated.length(), at + random.nextInt(3));
            mutated.replace(at, to, BITS.get(random.nextInt(BITS.size())));
        }
        return mutated.toString();
    }
}
