package dev.milvuso.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.QueryRequest;
import dev.milvuso.vector.SwitchedStore;
import dev.milvuso.vector.VectorStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CopyRoutesTest {
    private static final int ROWS = 2500;

    private final SwitchedStore store = new SwitchedStore();
    private final HttpFixture server = new HttpFixture(store);
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void fill() {
        store.list().forEach(collection -> {
            store.aliases(collection).forEach(store::dropAlias);
            store.drop(collection);
        });
        store.create(new CollectionSchema("films", 2, Metric.EUCLIDEAN, List.of()));
        store.createPartition("films", "old");
        store.upsert("films", rows(0, ROWS));
        store.upsert("films", Optional.of("old"), rows(ROWS, ROWS + 10));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static List<Entity> rows(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> new Entity("k%05d".formatted(i), new float[] {i, 1}, Map.of()))
                .toList();
    }

    private record Answer(int status, JsonNode body) {}

    private Answer send(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        return new Answer(answer.statusCode(), new ObjectMapper().readTree(answer.body()));
    }

    private JsonNode ended(String path) {
        return await().until(
                        () -> send("GET", path, "").body().at("/copies"),
                        copies -> !copies.isEmpty()
                                && List.of("done", "failed")
                                        .contains(copies.get(copies.size() - 1)
                                                .get("state")
                                                .textValue()));
    }

    @Test
    void aCopyGoesOnBehindTheAnswerAndIsCompared() throws Exception {
        Answer begun = send("POST", "/collections/films/copy", "{\"to\": \"films_2\"}");
        assertThat(begun.status()).isEqualTo(202);
        String status = begun.body().get("status").textValue();
        assertThat(status).isEqualTo("/collections/films/copy");
        JsonNode copies = ended(status);
        JsonNode copy = copies.get(copies.size() - 1);
        assertThat(copy.get("state").textValue()).isEqualTo("done");
        assertThat(copy.get("rows").intValue()).isEqualTo(ROWS + 10);
        assertThat(copy.get("equal").booleanValue()).isTrue();
        assertThat(store.count("films_2")).isEqualTo(ROWS + 10);
        assertThat(store.partitions("films_2")).containsExactly("_default", "old");
        assertThat(store.query("films_2", QueryRequest.everything()))
                .isEqualTo(store.query("films", QueryRequest.everything()));
    }

    @Test
    void aCopyMayBeInAnotherDatabaseAndHaveTheAliases() throws Exception {
        store.createDatabase("attic");
        store.createAlias("movies", "films");
        String body = "{\"to\": \"films\", \"database\": \"attic\", \"aliases\": true}";
        assertThat(send("POST", "/collections/movies/copy", body).status()).isEqualTo(202);
        JsonNode copies = ended("/collections/films/copy");
        assertThat(copies.get(copies.size() - 1).get("database").textValue()).isEqualTo("attic");
        assertThat(copies.get(copies.size() - 1).get("state").textValue()).isEqualTo("done");
        try (VectorStore attic = store.database("attic")) {
            assertThat(attic.count("movies")).isEqualTo(ROWS + 10);
            attic.dropAlias("movies");
            attic.drop("films");
        }
        store.dropDatabase("attic");
    }

    @Test
    void aCopyThatIsNoneSaysSo() throws Exception {
        store.create(new CollectionSchema("more", 2, Metric.EUCLIDEAN, List.of()));
        store.upsert("more", List.of(new Entity("extra", new float[] {1, 1}, Map.of())));
        assertThat(send("POST", "/collections/films/copy", "{\"to\": \"more\"}").status())
                .isEqualTo(202);
        JsonNode copies = ended("/collections/films/copy");
        JsonNode copy = copies.get(copies.size() - 1);
        assertThat(copy.get("state").textValue()).isEqualTo("failed");
        assertThat(copy.get("extra").intValue()).isEqualTo(1);
        assertThat(copy.get("failure").textValue()).contains("the copy is not what the collection is");
    }

    @Test
    void aCopyOrAnExportOfWhatIsNotLoadedIsRefusedBeforeARowIsMoved() throws Exception {
        store.releasePartition("films", "old");
        String why = "of collection films the partition old is not loaded: load it first";
        refused(409, "collection", why, "films", "{\"to\": \"half\"}");
        assertThat(store.describe("half")).isEmpty();
        for (String format : List.of("jsonl", "parquet")) {
            Answer export = send("GET", "/collections/films/export?format=" + format, "");
            assertThat(export.status()).isEqualTo(409);
            assertThat(export.body().toString()).contains(why);
        }
    }

    @Test
    void whatCannotBeCopiedIsRefusedBeforeAnythingIsDone() throws Exception {
        store.create(new CollectionSchema("other", 3, Metric.EUCLIDEAN, List.of()));
        store.createAlias("movies", "other");
        refused(409, "to", "the copy would be the collection itself", "films", "{\"to\": \"films\"}");
        refused(409, "to", "other is there with another schema", "films", "{\"to\": \"other\"}");
        refused(409, "to", "movies is an alias of collection other", "films", "{\"to\": \"movies\"}");
        refused(404, "collection", "there is no collection nothing", "nothing", "{\"to\": \"films_2\"}");
        refused(404, "database", "there is no database nowhere", "films", "{\"to\": \"x\", \"database\": \"nowhere\"}");
        refused(403, "collection", "recommender's own", "films", "{\"to\": \"milvuso_items\"}");
        refused(400, "to", "", "films", "{\"to\": \"no name\"}");
        refused(400, "to", "", "films", "{}");
        refused(400, "body", "", "films", "{\"to\": \"x\", \"too\": 1}");
        assertThat(store.list()).containsExactlyInAnyOrder("films", "other");
        assertThat(send("GET", "/collections/nothing/copy", "").status()).isEqualTo(404);
    }

    private void refused(int status, String place, String why, String collection, String body) throws Exception {
        Answer answer = send("POST", "/collections/" + collection + "/copy", body);
        assertThat(answer.status()).as(body).isEqualTo(status);
        assertThat(answer.body().toString()).contains(why);
        if (!place.equals("body")) {
            assertThat(answer.body().at("/errors/0").toString()).contains(place);
        }
    }
}
