package dev.milvuso.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.QueryRequest;
import dev.milvuso.vector.SwitchedStore;
import dev.milvuso.vector.VectorField;
import dev.milvuso.vector.VectorStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Collections as Parquet, and files of vectors. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FileStreamsTest {
    private static final int MAX_FILE = 300_000;
    private static final int ROWS = 5000;

    private final SwitchedStore store = new SwitchedStore();
    private final HttpFixture server = new HttpFixture(store, "server.max_import_bytes=" + MAX_FILE);
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void clear() {
        store.list().forEach(store::drop);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private void fill() {
        store.create(new CollectionSchema(
                "films", 2, Metric.EUCLIDEAN, List.of(new Field("text", new Field.Type.Text(65535)))));
        store.upsert(
                "films",
                IntStream.range(0, ROWS)
                        .mapToObj(i -> new Entity("k%05d".formatted(i), new float[] {i, 1}, Map.of("text", "t" + i)))
                        .toList());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), BodyHandlers.ofByteArray());
    }

    private HttpResponse<String> post(String path, BodyPublisher body) throws IOException, InterruptedException {
        return http.send(request(path).POST(body).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, byte[] body) throws IOException, InterruptedException {
        return post(path, BodyPublishers.ofByteArray(body));
    }

    private static BodyPublisher withoutLength(byte[] body) {
        InputStream stream = new ByteArrayInputStream(body);
        return BodyPublishers.ofInputStream(() -> stream);
    }

    /** Made by NumPy and faiss-cpu: see make_files.py beside them. */
    private static byte[] file(String name) throws IOException {
        try (InputStream file = VectorStore.class.getResourceAsStream("transfer/file/" + name)) {
            return Objects.requireNonNull(file, name).readAllBytes();
        }
    }

    /** What is wrong with the body, in one sentence. */
    private String refusal(int status, HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        JsonNode problem = new ObjectMapper().readTree(answer.body());
        assertThat(problem.get("errors")).hasSize(1);
        String sentence = problem.get("detail").textValue();
        assertThat(sentence).hasLineCount(1);
        return sentence;
    }

    @Test
    void aCollectionGoesOutAsParquetAndComesBack() throws Exception {
        fill();
        store.createPartition("films", "zebra");
        store.insert("films", Optional.of("zebra"), List.of(new Entity("z", new float[] {0, 0}, Map.of("text", "z"))));
        store.createAlias("pictures", "films");
        HttpResponse<byte[]> out = get("/collections/films/export?format=parquet");
        assertThat(out.headers().firstValue("Content-Type")).contains("application/vnd.apache.parquet");
        assertThat(out.headers().firstValue("Transfer-Encoding")).contains("chunked");
        assertThat(new String(out.body(), 0, 4, StandardCharsets.US_ASCII)).isEqualTo("PAR1");
        HttpResponse<String> in = post("/collections/copy/import?format=parquet", withoutLength(out.body()));
        assertThat(in.body()).isEqualTo("{\"rows\":5001}");
        assertThat(store.query("copy", QueryRequest.everything()))
                .isEqualTo(store.query("films", QueryRequest.everything()));
        assertThat(store.partitions("copy")).isEqualTo(store.partitions("films"));
        assertThat(store.aliases("copy")).isEmpty();
        assertThat(refusal(400, post("/collections/copy/import?format=parquet&aliases=true", out.body())))
                .contains("alias pictures cannot be restored");
        store.dropAlias("pictures");
        assertThat(post("/collections/copy/import?format=parquet&aliases=true", out.body())
                        .statusCode())
                .isEqualTo(200);
        assertThat(store.aliases("copy")).containsExactly("pictures");
        store.dropAlias("pictures");
    }

    @Test
    void anExportAsParquetGoesOnBehindAKey() throws Exception {
        fill();
        byte[] rest =
                get("/collections/films/export?format=parquet&after=k04997").body();
        assertThat(post("/collections/rest/import?format=parquet", rest).body()).isEqualTo("{\"rows\":2}");
        assertThat(store.query("rest", QueryRequest.everything()).stream().map(Entity::id))
                .containsExactly("k04998", "k04999");
        assertThat(get("/collections/none/export?format=parquet").statusCode()).isEqualTo(404);
        assertThat(get("/collections/films/export?format=npy").statusCode()).isEqualTo(400);
    }

    /** Made by pandas and pyarrow: see make_tables.py beside them. */
    @Test
    void aTableOfAnotherProgramGoesIntoACollectionThatIsThere() throws Exception {
        String path = "/collections/films/import?format=parquet";
        assertThat(refusal(404, post(path, file("none.parquet"))))
                .startsWith("there is no collection films: create it");
        store.create(new CollectionSchema(
                "films", 3, Metric.EUCLIDEAN, List.of(new Field("year", new Field.Type.Int(32)).orNull())));
        store.createAlias("pictures", "films");
        assertThat(post("/collections/pictures/import?format=parquet", withoutLength(file("none.parquet")))
                        .body())
                .isEqualTo("{\"rows\":3}");
        assertThat(store.query("films", QueryRequest.everything()).stream().map(Entity::id))
                .containsExactly("a", "b", "c");
        assertThat(refusal(400, post(path, file("texts.parquet"))))
                .isEqualTo("the body column year is of string: must be of whole numbers");
        assertThat(refusal(400, post(path, file("late_fault.parquet"))))
                .isEqualTo("the body row 2223: year is 1099511627776: must be a whole number of 32 bits;"
                        + " the first 2000 rows are stored, up to key k1999");
        assertThat(store.count("films")).isEqualTo(2003);
        assertThat(refusal(400, post(path + "&aliases=true", file("none.parquet"))))
                .startsWith("aliases is of exports");
        store.dropAlias("pictures");
    }

    @Test
    void filesOfVectorsBecomeCollections() throws Exception {
        assertThat(post("/collections/v/import?format=npy", file("float32.npy")).body())
                .isEqualTo("{\"rows\":5}");
        assertThat(metric("v")).isEqualTo(Metric.COSINE);
        assertThat(post("/collections/f/import?format=faiss&field=meaning", file("map.faiss"))
                        .body())
                .isEqualTo("{\"rows\":5}");
        assertThat(store.describe("f").orElseThrow().vectors().get(0).name()).isEqualTo("meaning");
        assertThat(store.get("f", List.of(Id.of(-5)), Output.ALL)).hasSize(1);
        assertThat(post("/collections/t/import?format=fvecs&metric=manhattan", file("vectors.fvecs"))
                        .body())
                .isEqualTo("{\"rows\":5}");
        assertThat(metric("t")).isEqualTo(Metric.MANHATTAN);
        assertThat(post("/collections/b/import?format=bvecs", file("vectors.bvecs"))
                        .statusCode())
                .isEqualTo(200);
    }

    private Metric metric(String collection) {
        return ((VectorField.Type.Dense) store.describe(collection)
                        .orElseThrow()
                        .vectors()
                        .get(0)
                        .type())
                .metric();
    }

    @Test
    void aFileThatIsCutOffOrOfAnotherKindIsOneSentence() throws Exception {
        fill();
        byte[] parquet = get("/collections/films/export?format=parquet").body();
        assertThat(refused("parquet", Arrays.copyOf(parquet, parquet.length - 5)))
                .isEqualTo("the body is no Parquet file, or was cut off: it does not end as one");
        byte[] flipped = parquet.clone();
        flipped[1000] ^= 1;
        assertThat(refused("parquet", flipped)).startsWith("the body row ").contains("CRC");
        store.drop("wrong");
        byte[] numbers = file("float32.npy");
        assertThat(refused("npy", Arrays.copyOf(numbers, numbers.length - 1)))
                .isEqualTo("the body has 187 bytes: 5 rows of 12 bytes behind the first 128 do not fill it");
        assertThat(refused("faiss", numbers)).isEqualTo("the body is no index of Faiss: it does not begin as one");
        assertThat(refused("npy", file("map.faiss"))).startsWith("the body is no .npy of NumPy");
        assertThat(refused("faiss", file("hnsw.faiss"))).contains("kind 'IHNf'");
        assertThat(refused("fvecs", new byte[0])).startsWith("the body ends early: it has 0 bytes");
        assertThat(refused("fvecs", "not vectors".getBytes(StandardCharsets.UTF_8)))
                .startsWith("the body has vectors of ");
        assertThat(store.describe("wrong")).isEmpty();
    }

    private String refused(String format, byte[] body) throws Exception {
        return refusal(400, post("/collections/wrong/import?format=" + format, body));
    }

    @Test
    void aFileThatIsTooLargeIsRefusedWithOrWithoutALength() throws Exception {
        byte[] large = new byte[MAX_FILE + 1];
        String sentence = "body is larger than 300000 bytes (server.max_import_bytes)";
        String path = "/collections/large/import?format=fvecs";
        assertThat(refusal(413, post(path, withoutLength(large)))).endsWith(sentence.substring(5));
        RawAnswer answer =
                RawAnswer.to(server.port(), "POST " + path + " HTTP/1.1\r\nHost: h\r\nContent-Length: 300001\r\n\r\n");
        assertThat(answer.status()).isEqualTo(413);
    }

    @Test
    void parametersThatDoNotGoTogetherAreNamed() throws Exception {
        byte[] none = new byte[0];
        for (String wrong : List.of(
                "format=xml",
                "metric=cosine",
                "field=v",
                "format=parquet&metric=cosine",
                "format=npy&aliases=true",
                "format=npy&metric=hamming")) {
            String name = wrong.substring(wrong.lastIndexOf('&') + 1, wrong.lastIndexOf('='));
            assertThat(refusal(400, post("/collections/wrong/import?" + wrong, none)))
                    .startsWith(name + " ");
        }
        assertThat(refusal(403, post("/collections/milvuso_items/import?format=npy", file("float32.npy"))))
                .contains("the recommender's own");
    }

    /** Of other processes too, whose files have a name while they are opened. */
    private static List<Path> spooled() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("milvuso-import-"))
                    .toList();
        }
    }

    /** However a server ends, it leaves nothing behind: what it keeps has no name from the beginning on. */
    @Test
    void whatIsKeptHasNoNameAndIsGoneWithItsClient() throws Exception {
        List<Path> before = spooled();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            OutputStream out = socket.getOutputStream();
            out.write("POST /collections/c/import?format=npy HTTP/1.1\r\nHost: h\r\nContent-Length: 200000\r\n\r\n"
                    .getBytes(StandardCharsets.UTF_8));
            out.write(new byte[100_000]);
            out.flush();
            await().untilAsserted(() -> assertThat(openWithoutName()).isEqualTo(1));
            await().untilAsserted(() -> assertThat(before).containsAll(spooled()));
        }
        await().untilAsserted(() -> assertThat(openWithoutName()).isZero());
        assertThat(post("/collections/c/import?format=npy", file("float32.npy")).statusCode())
                .isEqualTo(200);
        assertThat(openWithoutName()).isZero();
        await().untilAsserted(() -> assertThat(before).containsAll(spooled()));
    }

    private static long openWithoutName() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(file -> {
                        try {
                            return Files.readSymbolicLink(file).toString().contains("/milvuso-import-");
                        } catch (IOException e) {
                            return false; // closed meanwhile
                        }
                    })
                    .count();
        }
    }
}
