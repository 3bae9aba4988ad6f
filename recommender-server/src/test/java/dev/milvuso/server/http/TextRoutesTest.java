package dev.milvuso.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.milvuso.vector.SwitchedStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TextRoutesTest {
    private static final String NOTES = """
            {"name": "notes", "key": {"type": "int64"}, "fields": [{"name": "body", "type": "text"}],
             "vectors": [{"name": "words", "type": "sparse"}, {"name": "meaning", "dimension": 2}]}""";

    private final HttpFixture server = new HttpFixture(new SwitchedStore());
    private final HttpClient http = HttpClient.newHttpClient();

    private record Answer(int status, JsonNode body) {
        String error() {
            return body.at("/errors/0/field").asText();
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Answer send(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        return new Answer(answer.statusCode(), new ObjectMapper().readTree(answer.body()));
    }

    private Answer make() throws Exception {
        assertThat(send("POST", "/collections", NOTES).status()).isEqualTo(201);
        return fit();
    }

    private Answer fit() throws Exception {
        return send("POST", "/collections/notes/bm25", "{\"field\": \"body\", \"vector\": \"words\"}");
    }

    @Test
    void aTextFindsRowsByTheirWordsAlsoBesideAVector() throws Exception {
        assertThat(make().body().toString())
                .isEqualTo("{\"vector\":\"words\",\"field\":\"body\",\"documents\":0,\"tokens\":0,\"words\":0}");
        assertThat(send("POST", "/collections/notes/entities", """
                {"entities": [{"id": 1, "meaning": [1, 0], "body": "Brown bread"},
                              {"id": 2, "meaning": [0, 1], "body": "a fox is a fox"},
                              {"id": 3, "meaning": [1, 1], "body": "brown fox"}]}""").status()).isEqualTo(201);
        assertThat(fit().body().get("words").intValue()).isEqualTo(5);
        Answer found = send("POST", "/collections/notes/search", "{\"text\": \"Bread!\", \"field\": \"words\"}");
        assertThat(found.body().at("/results/0/0/key").intValue()).isEqualTo(1);
        assertThat(found.body().at("/results/0").size()).isEqualTo(1);
        Answer both = send("POST", "/collections/notes/hybrid", """
                {"searches": [{"text": "fox", "field": "words"}, {"vector": [1, 1], "field": "meaning"}], "k": 1}""");
        assertThat(both.body().at("/hits/0/key").intValue()).isEqualTo(3);
        assertThat(send("GET", "/collections/notes/bm25", "")
                        .body()
                        .at("/bm25/0/documents")
                        .intValue())
                .isEqualTo(3);
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() throws Exception {
        assertThat(send("GET", "/collections/notes/bm25", "").status()).isEqualTo(404);
        assertThat(make().status()).isEqualTo(200);
        Answer dense = send("POST", "/collections/notes/search", "{\"text\": \"fox\", \"field\": \"meaning\"}");
        assertThat(dense.status()).isEqualTo(400);
        assertThat(dense.error()).isEqualTo("text");
        assertThat(send("POST", "/collections/notes/search", "{\"text\": 5, \"field\": \"words\"}")
                        .error())
                .isEqualTo("text");
        assertThat(send("POST", "/collections/notes/bm25", "{\"field\": \"body\"}")
                        .error())
                .isEqualTo("vector");
        assertThat(send("POST", "/collections/notes/bm25", "{\"field\": \"no\", \"vector\": \"words\"}")
                        .status())
                .isEqualTo(400);
        assertThat(send("POST", "/collections/milvuso_items/bm25", "{}").status())
                .isEqualTo(403);
        assertThat(send("DELETE", "/collections/notes", "").status()).isEqualTo(204);
        assertThat(send("POST", "/collections", NOTES).status()).isEqualTo(201);
        assertThat(send("GET", "/collections/notes/bm25", "").body().toString()).isEqualTo("{\"bm25\":[]}");
    }
}
