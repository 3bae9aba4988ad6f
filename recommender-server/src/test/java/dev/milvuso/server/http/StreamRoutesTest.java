package dev.milvuso.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
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
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
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
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.LoggerFactory;

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

    private HttpResponse<String> iterate(String body) throws IOException, InterruptedException {
        return http.send(
                request("/collections/films/search/iterate")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void allThatASearchFindsComesBestFirst() throws Exception {
        HttpResponse<String> answer = iterate("{\"vector\": [0, 1], \"page\": 700, \"output\": [\"text\"]}");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/x-ndjson");
        List<String> lines = answer.body().lines().toList();
        assertThat(lines)
                .hasSize(ROWS + 1)
                .startsWith("{\"key\":\"k00000\",\"score\":0.0,\"entity\":{\"id\":\"k00000\",\"text\":\"t0\"}}")
                .endsWith("[\"end\"," + ROWS + "]");
        assertThat(lines.stream().limit(ROWS).map(line -> line.substring(8, 14)))
                .isEqualTo(IntStream.range(0, ROWS).mapToObj("k%05d"::formatted).toList());
    }

    @Test
    void aSearchByPagesEndsAtItsLimitAndKeepsToItsFilter() throws Exception {
        List<String> lines = iterate("{\"vector\": [0, 1], \"limit\": 1500, \"filter\": \"id >= \\\"k01000\\\"\"}")
                .body()
                .lines()
                .toList();
        assertThat(lines).hasSize(1501).endsWith("[\"end\",1500]");
        assertThat(lines.get(0)).startsWith("{\"key\":\"k01000\"");
        assertThat(lines.get(1499)).startsWith("{\"key\":\"k02499\"");
        assertThat(iterate("{\"vector\": [0, 1], \"filter\": \"id == \\\"none\\\"\"}")
                        .body())
                .isEqualTo("[\"end\",0]\n");
    }

    @Test
    void whatCannotBeSearchedByPagesIsRefusedBeforeALine() throws Exception {
        for (List<String> wrong : List.of(
                List.of("\"k\": 3", "k", "is an unknown field: must be one of vector, text, "),
                List.of("\"offset\": 3", "offset", "is an unknown field"),
                List.of("\"group_by\": \"text\"", "group_by", "is an unknown field"),
                List.of("\"limit\": 0", "limit", "is 0: must be 1 or more"),
                List.of("\"page\": 20000", "page", "is 20000: must be 1 to 16384"),
                List.of("\"parameters\": {\"round_decimals\": 2}", "parameters.round_decimals", "is not for"),
                List.of("\"filter\": \"year >\"", "filter", "expected, but here is the end"))) {
            HttpResponse<String> answer = iterate("{\"vector\": [0, 1], " + wrong.get(0) + "}");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            assertThat(answer.body())
                    .contains("\"field\":\"" + wrong.get(1) + "\"")
                    .contains(wrong.get(2));
        }
        assertThat(iterate("{}").body()).contains("must have either vector, a query, or text");
        store.drop("films");
        assertThat(iterate("{\"vector\": [0, 1]}").statusCode()).isEqualTo(404);
    }

    /** The server's buffers take some pages; everything would take many times as many. */
    @Test
    void whoGoesAwayEndsTheSearch() throws Exception {
        int rows = 20_000;
        store.upsert(
                "films",
                IntStream.range(0, rows)
                        .mapToObj(i -> new Entity("m" + i, new float[] {i, 2}, Map.of("text", "x".repeat(1000))))
                        .toList());
        byte[] body = "{\"vector\": [0, 1], \"page\": 50, \"output\": [\"text\"]}".getBytes(StandardCharsets.UTF_8);
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4096);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
            socket.getOutputStream()
                    .write(("POST /collections/films/search/iterate HTTP/1.1\r\nHost: h\r\n"
                                    + "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
            assertThat(socket.getInputStream().readNBytes(20_000)).hasSize(20_000);
        }
        await().untilAsserted(() -> {
            long searches = store.searches();
            Thread.sleep(200);
            assertThat(store.searches()).isEqualTo(searches).isBetween(1L, rows / 50L - 1);
        });
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
                .containsPattern("; the first 4[0-9]{3} rows are stored, up to key k04[0-9]{3}");
        assertThat(store.describe("films")).isPresent();
    }

    /** More than what lies in buffers on the way. */
    @Test
    void whoSendsToTheEndBeforeReadingHasTheAnswer() throws Exception {
        byte[] body = ("{}\n" + " ".repeat(12 << 20)).getBytes(StandardCharsets.US_ASCII);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /collections/wrong/import HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: "
                            + body.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(body);
            socket.setSoTimeout(30_000);
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 400")
                    .contains("line 1: /version: is missing");
        }
    }

    /** Half of a connection is closed: what is answered can still be read. */
    @Test
    void whatIsStoredOfABodyThatBreaksOffIsAnsweredAndLogged() throws Exception {
        String whole = get("/collections/films/export").body();
        byte[] part = whole.substring(0, whole.indexOf("{\"id\":\"k03500\"")).getBytes(StandardCharsets.UTF_8);
        store.truncate("films");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger("dev.milvuso.server.collections.ImportRun");
        log.start();
        logger.addAppender(log);
        String answer;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            OutputStream out = socket.getOutputStream();
            out.write("POST /collections/films/import HTTP/1.1\r\nHost: h\r\nContent-Length: 10000000\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(part);
            socket.shutdownOutput();
            socket.setSoTimeout(30_000);
            answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            logger.detachAppender(log);
        }
        String stored = "the body could not be read to its end: " + stored()
                + "; it can be sent again, as rows are put by key, with skip=" + store.count("films")
                + " if it is of lines";
        assertThat(answer).startsWith("HTTP/1.1 400").contains(stored);
        assertThat(log.list.stream().map(ILoggingEvent::getFormattedMessage))
                .containsExactly("an import into collection films broke off: " + stored);
    }

    @Test
    void whatIsStoredWhenTheStoreGoesAwayIsSaid() throws Exception {
        String whole = get("/collections/films/export").body();
        PipedOutputStream sent = new PipedOutputStream();
        PipedInputStream body = new PipedInputStream(sent, 1 << 20);
        int half = whole.indexOf("{\"id\":\"k02000\"");
        store.truncate("films");
        CompletableFuture<HttpResponse<String>> answer = http.sendAsync(
                request("/collections/films/import")
                        .POST(BodyPublishers.ofInputStream(() -> body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        sent.write(whole.substring(0, half).getBytes(StandardCharsets.UTF_8));
        sent.flush();
        await().untilAsserted(() -> assertThat(store.count("films")).isPositive());
        store.goAway();
        sent.write(whole.substring(half).getBytes(StandardCharsets.UTF_8));
        sent.close();
        assertThat(answer.get().statusCode()).isEqualTo(503);
        assertThat(answer.get().headers().firstValue("Retry-After")).contains("1");
        store.comeBack();
        assertThat(answer.get().body()).contains("milvus does not answer in time: " + stored() + "; it can");
    }

    /** Whole batches, and nothing behind them. */
    private String stored() {
        long rows = store.count("films");
        assertThat(rows).isBetween(1L, 3500L);
        assertThat(store.query("films", QueryRequest.everything().page(0, (int) rows))
                        .get((int) rows - 1)
                        .id())
                .isEqualTo("k%05d".formatted(rows - 1));
        return "the first " + rows + " rows are stored, up to key k%05d".formatted(rows - 1);
    }

    @Test
    void anImportGoesOnBehindTheRowsThatAreStored() throws Exception {
        List<String> lines = get("/collections/films/export").body().lines().toList();
        String begun = lines.stream().limit(1 + 2000).collect(Collectors.joining("\n", "", "\n"));
        String whole = lines.stream().collect(Collectors.joining("\n", "", "\n"));
        store.create(store.describe("films").orElseThrow().renamed("copy"));
        assertThat(post("/collections/copy/import", begun).body()).contains("rows are stored");
        long stored = store.count("copy");
        assertThat(stored).isPositive();
        // What stands there stays as it is: those rows are not written again.
        store.upsert("copy", List.of(new Entity("k00000", new float[] {9, 9}, Map.of("text", "mine"))));
        HttpResponse<String> rest = post("/collections/copy/import?skip=" + stored, whole);
        assertThat(rest.body()).isEqualTo("{\"rows\":" + ROWS + "}");
        assertThat(store.count("copy")).isEqualTo(ROWS);
        assertThat(store.get("copy", List.of("k00000")).get(0).fields()).containsEntry("text", "mine");
        String damaged = whole.replace("\"t17\"", "\"t18\"");
        assertThat(post("/collections/copy/import?skip=100", damaged).body()).contains("is not the SHA-256");
        assertThat(post("/collections/copy/import?skip=-1", whole).body()).contains("must be a number of rows");
        assertThat(post("/collections/copy/import?format=npy&skip=1", "").body())
                .contains("is of lines");
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
            await().untilAsserted(() -> {
                // One more each time: some may have been sent away, as the stream of another test was at its end.
                Socket socket = new Socket();
                idle.add(socket);
                socket.setReceiveBufferSize(4096);
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
                socket.getOutputStream().write(ask);
                HttpResponse<String> other = get("/collections/none/export");
                assertThat(other.statusCode()).isEqualTo(429);
                assertThat(idle).hasSizeGreaterThanOrEqualTo(4);
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
