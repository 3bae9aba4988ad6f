package dev.milvuso.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QualityRouteTest {
    private HttpFixture server;

    @BeforeAll
    void start() {
        server = new HttpFixture();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private RawAnswer get(String query) throws Exception {
        return RawAnswer.to(
                server.port(), "GET /quality" + query + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?window=2h",
                "?window=",
                "?window=1h&window=5m",
                "?by=user",
                "?by=SOURCE",
                "?by=",
                "?window=%00",
                "?window=1h%20",
                "?limit=1",
                "?by=" + "%F0%9F%98%80%27%22%3Cscript%3E",
                "?window=%ff"
            })
    void whatIsNotAQuestionIsRefusedByName(String query) throws Exception {
        RawAnswer answer = get(query);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(new ObjectMapper().readTree(answer.body()).get("errors")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?window=5m", "?window=24h&by=position", "?by=variant&window=7d", "?by=model_version"})
    void whereNothingHasHappenedThereAreNoRates(String query) throws Exception {
        RawAnswer answer = get(query);
        assertThat(answer.status()).isEqualTo(200);
        JsonNode body = new ObjectMapper().readTree(answer.body());
        assertThat(body.at("/all/lists").longValue()).isZero();
        assertThat(body.at("/all/ctr").isNull()).isTrue();
        assertThat(body.get("slices")).isEmpty();
        assertThat(body.at("/position_bias/estimated_from").textValue()).isEqualTo("none");
    }

    @Test
    void nothingCanBeWrittenThere() throws Exception {
        RawAnswer answer = RawAnswer.to(
                server.port(), "POST /quality HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        assertThat(answer.status()).isEqualTo(405);
    }
}
