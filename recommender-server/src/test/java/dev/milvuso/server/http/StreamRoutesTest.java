package dev.milvuso.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.QueryRequest;
import dev.milvuso.vector.SwitchedStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StreamRoutesTest {
    private static final int ROWS = 5000;

    private final SwitchedStore store = new SwitchedStore();
    private final HttpFixture server = new HttpFixture(store);
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void fill() {
        store.create(new CollectionSchema(
                "films", 2, Metric.EUCLIDEAN, List.of(new Field("text", new Field.Type.Text(65535)))));
        store.upsert(
                "films",
                IntStream.range(0, ROWS)
                        .mapToObj(i -> new Entity("k%05d".formatted(i), new float[] {i, 1}, Map.of("text", "t" + i)))
                        .toList());
    }

    @AfterEach
    void clear() {
        store.comeBack();
        store.list().forEach(store::drop);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        // Without a length, as a stream is sent.
        InputStream stream = new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
        return http.send(
                request(path).POST(BodyPublishers.ofInputStream(() -> stream)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aCollectionGoesOutAndComesBackThoughItIsLargerThanAnyBody() throws Exception {
        store.createPartition("films", "zebra");
        store.insert("films", Optional.of("zebra"), List.of(new Entity("z", new float[] {0, 0}, Map.of("text", "z"))));
        HttpResponse<String> out = get("/collections/films/export");
        assertThat(out.headers().firstValue("Content-Type")).contains("application/x-ndjson");
        assertThat(out.headers().firstValue("Transfer-Encoding")).contains("chunked");
        assertThat(out.body().length()).isGreaterThan(2 * HttpFixture.MAX_BODY);
        assertThat(out.body().lines()).hasSize(ROWS + 4).contains("[\"partition\",\"zebra\"]");
        HttpResponse<String> in = post("/collections/copy/import", out.body());
        assertThat(in.body()).isEqualTo("{\"rows\":5001}");
        assertThat(store.query("copy", QueryRequest.everything()))
                .isEqualTo(store.query("films", QueryRequest.everything()));
        assertThat(store.partitions("copy")).isEqualTo(store.partitions("films"));
        assertThat(get("/collections/copy/export").body()).isEqualTo(out.body().replaceFirst("\"films\"", "\"copy\""));
    }

    @Test
    void anExportGoesOnBehindAKey() throws Exception {
        List<String> lines =
                get("/collections/films/export?after=k04997").body().lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(1)).startsWith("{\"id\":\"k04998\"");
        assertThat(get("/collections/films/export?partition=none").statusCode()).isEqualTo(404);
        assertThat(get("/collections/none/export").body()).contains("there is no collection none");
        assertThat(get("/collections/films/export?k=1").statusCode()).isEqualTo(400);
    }

    @Test
    void whatIsWrongIsNamedWithItsLine() throws Exception {
        List<String> whole = get("/collections/films/export").body().lines().toList();
        assertThat(refusal(new ArrayList<>(whole.subList(0, whole.size() - 1))))
                .contains("line 5002: the stream is cut off");
        List<String> changed = new ArrayList<>(whole);
        changed.set(7, whole.get(7).replace("t6", "t7"));
        assertThat(refusal(changed)).contains("line 5002: /2: is not the SHA-256");
        changed.set(7, "{\"id\": 3}");
        assertThat(refusal(changed)).contains("line 8: /id: is 3: must be a text");
        changed.set(7, "x".repeat(HttpFixture.MAX_BODY + 1));
        assertThat(refusal(changed)).contains("line 8: has more than 100000 bytes");
        changed.set(7, "[\"partition\",\"other\"]");
        assertThat(refusal(changed)).contains("line 8: /1: is a partition that the first line does not name");
        assertThat(refusal(List.of("{}"))).contains("line 1: /version: is missing");
        assertThat(refusal(List.of())).contains("line 1: the stream is cut off");
        assertThat(post("/collections/milvuso_items/import", String.join("\n", whole))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void whatAFailedImportHasStoredIsSaidAndWhatItHasMadeIsDropped() throws Exception {
        List<String> whole = get("/collections/films/export").body().lines().toList();
        List<String> changed = new ArrayList<>(whole);
        changed.set(7, whole.get(7).replace("t6", "t7"));
        assertThat(refusal(changed)).contains("; nothing is stored: the collection that was made for it is dropped");
        assertThat(store.describe("wrong")).isEmpty();
        List<String> cut = new ArrayList<>(whole.subList(0, 4900));
        cut.add("{\"id\":\"k04");
        String body = String.join("\n", cut);
        assertThat(post("/collections/wrong/import", body).body())
                .contains("line 4901: the stream is cut off")
                .contains("nothing is stored");
        assertThat(post("/collections/films/import", body).body())
                .contains("line 4901: the stream is cut off")
                .containsPattern("; 4[0-9]{3} rows are stored");
        assertThat(store.describe("films")).isPresent();
    }

    @Test
    void aLastLineThatIsWholeNeedsNoEnd() throws Exception {
        String body = get("/collections/films/export").body().stripTrailing();
        assertThat(post("/collections/copy/import", body).body()).isEqualTo("{\"rows\":5000}");
    }

    private String refusal(List<String> lines) throws Exception {
        HttpResponse<String> answer = post(
                "/collections/wrong/import",
                lines.stream().map(line -> line + "\n").collect(Collectors.joining()));
        assertThat(answer.statusCode()).isEqualTo(400);
        return answer.body();
    }

    @Test
    void whoReadsNothingHoldsOneOfFourStreamsAndNoMore() throws Exception {
        byte[] ask = "GET /collections/films/export HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(StandardCharsets.UTF_8);
        List<Socket> idle = new ArrayList<>();
        try {
            store.upsert(
                    "films",
                    IntStream.range(0, 400)
                            .mapToObj(i -> new Entity("l" + i, new float[] {i, 1}, Map.of("text", "x".repeat(60_000))))
                            .toList());
            for (int i = 0; i < 4; i++) {
                Socket socket = new Socket();
                socket.setReceiveBufferSize(4096);
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
                OutputStream out = socket.getOutputStream();
                out.write(ask);
                out.flush();
                idle.add(socket);
            }
            await().untilAsserted(() -> {
                HttpResponse<String> fifth = get("/collections/none/export");
                assertThat(fifth.statusCode()).isEqualTo(429);
            });
            assertThat(get("/collections/films").statusCode()).isEqualTo(200);
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
        await().untilAsserted(() ->
                assertThat(get("/collections/none/export").statusCode()).isEqualTo(404));
    }
}
