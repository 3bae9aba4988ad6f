package dev.milvuso.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.embedded.EmbeddedVectorStore;
import dev.milvuso.vector.rest.RestVectorStore;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SlowSearchesRouteTest {
    private static final String SEARCH = "{\"vector\": [0, 0], \"k\": 10000, \"filter\": \"title != \\\"secret\\\"\"}";

    private static RawAnswer send(HttpFixture server, String method, String path, String body) throws Exception {
        String head = method + " " + path + " HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\nConnection: close\r\n\r\n";
        return RawAnswer.to(server.port(), head + body);
    }

    private static JsonNode slow(HttpFixture server) throws Exception {
        RawAnswer answer = send(server, "GET", "/collections/slow-searches", "");
        assertThat(answer.status()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }

    @Test
    void slowSearchesAreShownWithoutWhatWasSearchedFor() throws Exception {
        try (VectorStore store = EmbeddedVectorStore.inMemory();
                HttpFixture server = new HttpFixture(store, "server.slow_search=1ms")) {
            store.create(
                    new CollectionSchema("films", 2, Metric.EUCLIDEAN, List.of(new Field("title", Field.Type.TEXT))));
            store.upsert(
                    "films",
                    IntStream.range(0, 16_000)
                            .mapToObj(i -> new Entity("f" + i, new float[] {i, 1}, Map.of("title", "t" + i)))
                            .toList());
            assertThat(slow(server).get("searches")).isEmpty();
            await().untilAsserted(() -> {
                assertThat(send(server, "POST", "/collections/films/search", SEARCH)
                                .status())
                        .isEqualTo(200);
                assertThat(slow(server).get("searches")).isNotEmpty();
            });
            try (RestVectorStore client =
                    new RestVectorStore(URI.create("http://127.0.0.1:" + server.port()), Duration.ofSeconds(30))) {
                assertThat(client.slowSearches().get(0).shape()).isEqualTo("1 query, k 10000, filter title != ?");
                assertThat(client.slowSearches().get(0).took()).isGreaterThanOrEqualTo(Duration.ofMillis(1));
            }
            JsonNode body = slow(server);
            assertThat(body.get("threshold_ms").doubleValue()).isEqualTo(1);
            JsonNode search = body.at("/searches/0");
            assertThat(search.get("collection").textValue()).isEqualTo("films");
            assertThat(search.get("took_ms").doubleValue()).isGreaterThanOrEqualTo(1);
            assertThat(search.get("shape").textValue()).isEqualTo("1 query, k 10000, filter title != ?");
            assertThat(search.get("failure").textValue()).isEmpty();
            assertThat(search.get("at").textValue()).isNotEmpty();
        }
    }

    @Test
    void whatIsNotAQuestionIsRefused() throws Exception {
        try (HttpFixture server = new HttpFixture()) {
            assertThat(send(server, "GET", "/collections/slow-searches?limit=1", "")
                            .status())
                    .isEqualTo(400);
            assertThat(slow(server).get("searches")).isEmpty();
        }
    }
}
