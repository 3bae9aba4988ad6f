package dev.milvuso.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusalsTest {
    private static final String HOST = "Host: h\r\nConnection: close";
    private static final String CHUNKED = "Transfer-Encoding: chunked";
    private static final String OK = "'user_id':'u','item_id':'i','action_type':'View'";

    private HttpFixture server;

    @BeforeAll
    void start() {
        server = new HttpFixture();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /** Body with single quotes for double ones; the field that the problem must name, "" for the request as a whole. */
    static Stream<Arguments> wrongActions() {
        return Stream.of(
                body("", "body"),
                body("{", "body"),
                body("{} {}", "body"),
                body("[]", "body"),
                body("3", "body"),
                body("null", "body"),
                body("[1]", "[0]"),
                body("{" + OK + ",'user_id':'v'}", "user_id"),
                body("{'user_id':1,'item_id':'i','action_type':'View'}", "user_id"),
                body("{'user_id':null,'item_id':'i','action_type':'View'}", "user_id"),
                body("{'user_id':'','item_id':'i','action_type':'View'}", "user_id"),
                body("{'user_id':'u','action_type':'View'}", "item_id"),
                body("{'user_id':'u','item_id':'i'}", "action_type"),
                body("{'user_id':'u','item_id':'i','action_type':'Nod'}", "action_type"),
                body("{'user_id':'u','item_id':'i','action_type':['View']}", "action_type"),
                body("{'user_id':'a b','item_id':'i','action_type':'View'}", "user_id"),
                body("{'user_id':'a\\u0000','item_id':'i','action_type':'View'}", "user_id"),
                body("{'user_id':'u','item_id':'\\u0085','action_type':'View'}", "item_id"),
                body("{'user_id':'u','item_id':'\\ud800','action_type':'View'}", "item_id"),
                body("{'user_id':'" + "x".repeat(129) + "','item_id':'i','action_type':'View'}", "user_id"),
                body("{'user_id':'" + "x".repeat(70000) + "','item_id':'i','action_type':'View'}", "user_id"),
                body("{" + OK + ",'event_id':'\\n'}", "event_id"),
                body("{" + OK + ",'request_id':7}", "request_id"),
                body("{" + OK + ",'x':1}", "x"),
                body("{" + OK + ",'\\ud800':1}", "action_type"),
                body("[{" + OK + "},{" + OK + ",'User_Id':'u'}]", "[1].User_Id"),
                body("{" + OK + ",'value':'5'}", "value"),
                body("{" + OK + ",'value':1e999}", "value"),
                body("{" + OK + ",'value':-1e999}", "value"),
                body("{" + OK + ",'value':" + "9".repeat(400) + "}", "value"),
                body("{" + OK + ",'value':" + "9".repeat(2000) + "}", "value"),
                body("{" + OK + ",'value':NaN}", "value"),
                body("{" + OK + ",'value':Infinity}", "value"),
                body("{" + OK + ",'value':-Infinity}", "value"),
                body("{" + OK + ",'value':1e999999999}", "value"),
                body("{" + OK + ",'value':1e99999999999}", "value"),
                body("{" + OK + ",'context':{'a':NaN}}", "context.a"),
                body("{" + OK + ",'context':{'a':1e999999999}}", "context.a"),
                body("{" + OK + ",'context':{'a':1e-999999999}}", "context.a"),
                body("{" + OK + ",'context':{'a':0e999999999}}", "context.a"),
                body("{" + OK + ",'context':{'a':" + "1".repeat(101) + "}}", "context.a"),
                body("{" + OK + ",'context':{'a':0." + "1".repeat(999) + "}}", "context.a"),
                body("{" + OK + ",'context':{'" + "k".repeat(900) + "':{}}}", "context." + "k".repeat(120)),
                body("{'user_id':'u','item_id':'i','action_type':'Rate'}", "value"),
                body("{'user_id':'u','item_id':'i','action_type':'rate','value':5.1}", "value"),
                body("{" + OK + ",'timestamp':'2999-01-01T00:00:00Z'}", "timestamp"),
                body("{" + OK + ",'timestamp':'+999999999-12-31T23:59:59Z'}", "timestamp"),
                body("{" + OK + ",'timestamp':'yesterday'}", "timestamp"),
                body("{" + OK + ",'timestamp':'2020-01-01T00:00:00'}", "timestamp"),
                body("{" + OK + ",'timestamp':1700000000}", "timestamp"),
                body("{" + OK + ",'context':[]}", "context"),
                body("{" + OK + ",'context':{'a':{}}}", "context.a"),
                body("{" + OK + ",'context':{'a':'\\udfff'}}", "context.a"),
                body("{" + OK + ",'context':{'\\udfff':1}}", "context"),
                body("{" + OK + ",'context':{'a':1e999}}", "context.a"),
                body(
                        "{" + OK + ",'context':" + "{'a':".repeat(40) + "1" + "}".repeat(40) + "}",
                        "context" + ".a".repeat(31)),
                body("[".repeat(90000), "[0]".repeat(33)),
                body("{'user_id':'\u00ff','item_id':'i','action_type':'View'}", "user_id"),
                body("{'user_id':'\u00c0\u0080','item_id':'i','action_type':'View'}", "user_id"));
    }

    static Stream<Arguments> wrongItems() {
        return Stream.of(
                body("{}", "item_id"),
                body("{'item_id':'i','embedding':[1]}", "embedding"),
                body("{'item_id':'i','embedding':[1,2,3]}", "embedding"),
                body("{'item_id':'i','embedding':'1,2'}", "embedding"),
                body("{'item_id':'i','embedding':[0,0]}", "embedding"),
                body("{'item_id':'i','embedding':[1,NaN]}", "embedding[1]"),
                body("{'item_id':'i','embedding':[1,'NaN']}", "embedding[1]"),
                body("{'item_id':'i','embedding':[1,null]}", "embedding[1]"),
                body("{'item_id':'i','embedding':[1,1e39]}", "embedding[1]"),
                body("{'item_id':'i','embedding':[-1e999,1]}", "embedding[0]"),
                body("{'item_id':'i','embedding':[1e15,-1.0000001e15]}", "embedding[1]"),
                body("{'item_id':'i','embedding':[3e38,1]}", "embedding[0]"),
                body("{'item_id':'i','tags':'a'}", "tags"),
                body("{'item_id':'i','tags':['a',1]}", "tags[1]"),
                body("{'item_id':'i','tags':['\\ud800']}", "tags[0]"),
                body("{'item_id':'i','tags':['']}", "tags[0]"),
                body("{'item_id':'i','category':'" + "c".repeat(257) + "'}", "category"),
                body("{'item_id':'i','title':'\\u0000'}", "title"),
                body("{'item_id':'i','title':'\\ud800x'}", "title"),
                body("{'item_id':'i','popularity_score':1e999}", "popularity_score"),
                body("{'item_id':'i','popularity_score':true}", "popularity_score"),
                body("{'item_id':'i','created_at':'now'}", "created_at"),
                body("{'item_id':'i','hidden':'yes'}", "hidden"),
                body("{'item_id':'i','attributes':[]}", "attributes"),
                body("{'item_id':'i','attributes':{'a':null}}", "attributes"),
                body("{'item_id':'i','attributes':{'a':[1e999]}}", "attributes"),
                body("{'item_id':'i','attributes':{'a':NaN}}", "attributes"),
                body("{'item_id':'i','attributes':{'a':1e999999999}}", "attributes"),
                body("{'item_id':'i','attributes':{'a':1e-20000}}", "attributes"),
                body("{'item_id':'i','attributes':{'a':0." + "0".repeat(600) + "}}", "attributes"),
                body("{'item_id':'i','embedding':[Infinity,1]}", "embedding[0]"),
                body("{'item_id':'i','embedding':[1,1e999999999]}", "embedding[1]"),
                body("{'item_id':'i','popularity_score':NaN}", "popularity_score"),
                body("{'item_id':'i','attributes':{'a':{'b':'\\ud800'}}}", "attributes"),
                body("{'item_id':'i','attributes':{'a\\u0000':1}}", "attributes"),
                body("{'item_id':'i','attributes':{'a':'" + "x".repeat(17000) + "'}}", "attributes"),
                body("{'item_id':'i','Attributes':{}}", "Attributes"));
    }

    private static Arguments body(String json, String field) {
        return Arguments.of(json.replace('\'', '"'), field);
    }

    @ParameterizedTest
    @MethodSource("wrongActions")
    void aWrongActionIsRefusedWithItsFieldNamed(String body, String field) throws Exception {
        int before = server.accepted.size();
        refused("POST", "/actions", "Content-Type: application/json\r\n", body, 400, field);
        assertThat(server.accepted).hasSize(before);
    }

    @ParameterizedTest
    @MethodSource("wrongItems")
    void aWrongItemIsRefusedWithItsFieldNamed(String body, String field) throws Exception {
        refused("POST", "/items", "Content-Type: application/json\r\n", body, 400, field);
    }

    static Stream<Arguments> wrongAddresses() {
        return Stream.of(
                Arguments.of("GET", "/recommendations/u?n=1", 400, "n"),
                Arguments.of("GET", "/recommendations/u?num_recommendations=-1", 400, "num_recommendations"),
                Arguments.of("GET", "/recommendations/u?num_recommendations=0", 400, "num_recommendations"),
                Arguments.of("GET", "/recommendations/u?num_recommendations=1001", 400, "num_recommendations"),
                Arguments.of(
                        "GET",
                        "/recommendations/u?num_recommendations=99999999999999999999",
                        400,
                        "num_recommendations"),
                Arguments.of("GET", "/recommendations/u?num_recommendations=1e1", 400, "num_recommendations"),
                Arguments.of("GET", "/recommendations/u?num_recommendations=", 400, "num_recommendations"),
                Arguments.of("GET", "/recommendations/u?explain=maybe", 400, "explain"),
                Arguments.of("GET", "/recommendations/u?exclude_seen=1", 400, "exclude_seen"),
                Arguments.of("GET", "/recommendations/u?tags=a&tags=b", 400, "tags"),
                Arguments.of("GET", "/recommendations/u?category=" + "c".repeat(257), 400, "category"),
                Arguments.of("GET", "/recommendations/u?category=%00", 400, "category"),
                Arguments.of("GET", "/recommendations/u?tags=" + "t".repeat(129), 400, "tags"),
                Arguments.of("GET", "/recommendations/u?category=%zz", 400, "category"),
                Arguments.of("GET", "/recommendations/u?category=%", 400, "category"),
                Arguments.of("GET", "/recommendations/u?category=%ff", 400, "category"),
                Arguments.of("GET", "/popular?limit=10", 400, "limit"),
                Arguments.of("GET", "/popular?num_recommendations=-5", 400, "num_recommendations"),
                Arguments.of("GET", "/recommendations/a%20b", 400, "user_id"),
                Arguments.of("GET", "/recommendations/a%00", 400, "path"),
                Arguments.of("GET", "/recommendations/%zz", 400, "path"),
                Arguments.of("GET", "/recommendations/%", 400, "path"),
                Arguments.of("GET", "/recommendations/%ff", 400, "path"),
                Arguments.of("GET", "/recommendations/%C0%AF", 400, "path"),
                Arguments.of("GET", "/recommendations/\u00ff", 400, "user_id"),
                Arguments.of("GET", "/recommendations/" + "u".repeat(129), 400, "user_id"),
                Arguments.of("GET", "/recommendations/u?category=\u00ff", 400, "category"),
                Arguments.of("GET", "/recommendations/u?%ff=1", 400, "%ff"),
                Arguments.of("GET", "/recommendations/u?num_recommendations=1000000000", 400, "num_recommendations"),
                Arguments.of("GET", "/recommendations/u?num_recommendations=abc", 400, "num_recommendations"),
                Arguments.of("GET", "/recommendations/u?num_recommendations=+1", 400, "num_recommendations"),
                Arguments.of(
                        "GET",
                        "/recommendations/u?num_recommendations=1&num_recommendations=2",
                        400,
                        "num_recommendations"),
                Arguments.of("GET", "/recommendations/u?" + "n".repeat(500), 400, "n".repeat(128)),
                Arguments.of("GET", "/items/%ED%A0%80", 400, "path"),
                Arguments.of("GET", "/items/" + "i".repeat(129), 400, "item_id"),
                Arguments.of("DELETE", "/items/%0A", 400, "item_id"),
                Arguments.of("GET", "/items/unknown", 404, "item_id"),
                Arguments.of("DELETE", "/items/unknown", 404, "item_id"),
                Arguments.of("DELETE", "/items/away", 503, ""),
                Arguments.of("GET", "/nowhere", 404, "path"),
                Arguments.of("GET", "/recommendations/", 405, "method"),
                Arguments.of("GET", "/../../etc/passwd", 400, "path"),
                Arguments.of("PUT", "/actions", 405, "method"),
                Arguments.of("GET", "/actions", 405, "method"),
                Arguments.of("PATCH", "/recommendations/u", 405, "method"),
                Arguments.of("OPTIONS", "/items", 405, "method"),
                Arguments.of("OPTIONS", "*", 404, "path"),
                Arguments.of("TRACE", "/items", 405, "method"),
                Arguments.of("MADEUP", "/items", 405, "method"),
                Arguments.of("GET", "/" + "x".repeat(20000), 414, "path"));
    }

    @ParameterizedTest
    @MethodSource("wrongAddresses")
    void aWrongAddressIsRefused(String method, String path, int status, String field) throws Exception {
        refused(method, path, "", "", status, field);
    }

    @Test
    void theAllowedMethodsAreNamed() throws Exception {
        RawAnswer answer = refused("PUT", "/items/i", "", "", 405, "method");
        assertThat(answer.header("Allow").split(", ")).containsExactlyInAnyOrder("GET", "HEAD", "PATCH", "DELETE");
    }

    @Test
    void aBodyOverTheLimitIsTooLargeInOnePieceAndInChunks() throws Exception {
        String large = " ".repeat(HttpFixture.MAX_BODY + 1);
        refused("POST", "/actions", "", large, 413, "body");
        String post = "POST /actions HTTP/1.1";
        String chunk = " ".repeat(HttpFixture.MAX_BODY / 2 + 1);
        String size = Integer.toHexString(chunk.length());
        problem(sent(post, HOST, CHUNKED, "", size, chunk, size, chunk, "0", "", ""), 413, "body");
        problem(sent(post, HOST, "Content-Length: 999999999999", "", ""), 413, "body");
        String length = "Content-Length: " + large.length();
        problem(sent(post, HOST, length, "Expect: 100-continue", "", ""), 413, "body");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "'user_id':7,'item_id':8,'action_type':'View'; user_id item_id",
                "'user_id':7,'action_type':9,'x':1; user_id item_id action_type x",
                "'value':'high','timestamp':'now'; value timestamp user_id item_id action_type",
                "'user_id':'','item_id':'a b','action_type':'Nod','value':NaN; value user_id item_id action_type",
                "'user_id':'u','item_id':'i','action_type':'Rate','value':'5'; value",
                "'user_id':'u','item_id':'i','action_type':'Rate','value':6; value",
            })
    void everyWrongFieldOfAnActionIsReportedOnce(String fields, String wrong) throws Exception {
        for (String place : List.of("", "[0].")) {
            String body = "{" + fields.replace('\'', '"') + "}";
            RawAnswer answer = send("POST", "/actions", "", place.isEmpty() ? body : "[" + body + "]");
            List<String> named =
                    new ObjectMapper().readTree(answer.body()).get("errors").findValuesAsText("field");
            assertThat(named)
                    .isEqualTo(
                            Stream.of(wrong.split(" ", -1)).map(place::concat).toList());
        }
    }

    @ParameterizedTest
    @CsvSource({"user_id, ''", "user_id, a b", "item_id, ''", "item_id, a b", "event_id, a b", "request_id, ''"})
    void aMessageNamesItsFieldOnce(String field, String id) throws Exception {
        Map<String, String> action = new HashMap<>(Map.of("user_id", "u", "item_id", "i", "action_type", "View"));
        action.put(field, id);
        RawAnswer answer = send("POST", "/actions", "", new ObjectMapper().writeValueAsString(action));
        JsonNode problem = new ObjectMapper().readTree(answer.body());
        assertThat(problem.get("detail").textValue()).containsOnlyOnce(field).startsWith(field + " ");
        assertThat(problem.at("/errors/0/field").textValue()).isEqualTo(field);
        assertThat(problem.at("/errors/0/message").textValue()).isNotEmpty().doesNotContain(field);
    }

    @ParameterizedTest
    @CsvSource({"GET, /recommendations/a%20b, user_id", "GET, /items/a%20b, item_id", "DELETE, /items/%0A, item_id"})
    void aMessageNamesItsPartOfTheAddressOnce(String method, String path, String name) throws Exception {
        JsonNode problem =
                new ObjectMapper().readTree(send(method, path, "", "").body());
        assertThat(problem.get("detail").textValue()).containsOnlyOnce(name).startsWith(name + " ");
        assertThat(problem.at("/errors/0/message").textValue()).isNotEmpty().doesNotContain(name);
    }

    /** Of chunks that add up to the limit exactly nothing tells that there is more. */
    @ParameterizedTest
    @CsvSource({"/actions, 1000", "/actions, 10000", "/actions, 100000", "/items, 1000", "/items, 20000", "/items, 7"})
    void aBodyOverTheLimitIsNotCutAtTheLimit(String path, int chunk) throws Exception {
        String good = (path.equals("/items") ? "{'item_id':'cut'}" : "{" + OK + "}").replace('\'', '"');
        for (String start : List.of(good, "[" + good + "]", "")) {
            String body = start + " ".repeat(HttpFixture.MAX_BODY - start.length() + 2 * chunk);
            int before = server.accepted.size();
            problem(RawAnswer.to(server.port(), chunked(path, body, chunk)), 413, "body");
            assertThat(server.accepted).hasSize(before);
        }
    }

    @Test
    void aBodyOfJustTheLimitIsTakenInChunks() throws Exception {
        String action = ("{" + OK + "}").replace('\'', '"');
        String body = action + " ".repeat(HttpFixture.MAX_BODY - action.length());
        assertThat(RawAnswer.to(server.port(), chunked("/actions", body, 1000)).status())
                .isEqualTo(202);
    }

    private static String chunked(String path, String body, int size) {
        StringBuilder request =
                new StringBuilder("POST " + path + " HTTP/1.1\r\n" + HOST + "\r\n" + CHUNKED + "\r\n\r\n");
        for (int i = 0; i < body.length(); i += size) {
            String chunk = body.substring(i, Math.min(body.length(), i + size));
            request.append(Integer.toHexString(chunk.length()))
                    .append("\r\n")
                    .append(chunk)
                    .append("\r\n");
        }
        return request.append("0\r\n\r\n").toString();
    }

    @Test
    void aBodyOfJustTheLimitIsTaken() throws Exception {
        String action = ("{" + OK + "}").replace('\'', '"');
        String body = action + " ".repeat(HttpFixture.MAX_BODY - action.length());
        assertThat(send("POST", "/actions", "", body).status()).isEqualTo(202);
    }

    @Test
    void moreThanAThousandAreTooMany() throws Exception {
        refused("POST", "/actions", "", "[" + "{},".repeat(1000) + "{}]", 413, "body");
        refused("POST", "/items", "", "[" + "{},".repeat(1000) + "{}]", 413, "body");
    }

    @Test
    void anotherMediaTypeOrEncodingIsNotSupported() throws Exception {
        refused("POST", "/actions", "Content-Type: text/plain\r\n", "{}", 415, "Content-Type");
        refused("POST", "/actions", "Content-Type: nonsense\r\n", "{}", 415, "Content-Type");
        refused("POST", "/actions", "Content-Type: application/x-www-form-urlencoded\r\n", "a=1", 415, "Content-Type");
        refused("POST", "/actions", "Content-Type: image/svg+json\r\n", "{}", 415, "Content-Type");
        refused("POST", "/actions", "Content-Type: \r\n", "{}", 415, "Content-Type");
        RawAnswer answer = refused("POST", "/items", "Content-Type: text/xml\r\n", "<a/>", 415, "Content-Type");
        assertThat(answer.body()).contains("must be application/json, not text/xml");
        refused("POST", "/items", "Content-Encoding: gzip\r\n", "{}", 415, "Content-Encoding");
        refused("POST", "/actions", "Content-Encoding: identity, gzip\r\n", "{}", 415, "Content-Encoding");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json; charset=iso-8859-1",
                "application/json;charset=\"utf-16\"",
                "application/json; a=b; Charset=latin1",
            })
    void otherCharsetsThanUtf8AreNotSupported(String type) throws Exception {
        RawAnswer answer = refused("POST", "/actions", "Content-Type: " + type + "\r\n", "{}", 415, "Content-Type");
        assertThat(answer.body()).contains("must be application/json; charset=utf-8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json; charset=utf-8",
                "APPLICATION/JSON;Charset=\"UTF-8\"",
                "application/vnd.site+json",
            })
    void jsonInUtf8IsTakenHoweverItIsSaid(String type) throws Exception {
        String body = ("{" + OK + "}").replace('\'', '"');
        assertThat(send("POST", "/actions", "Content-Type: " + type + "\r\n", body)
                        .status())
                .isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0001-01-01T00:00:00Z", "1969-07-20T20:17:40Z", "2026-01-31T12:00:00.123456789+05:30"})
    void anyPastTimeIsTaken(String time) throws Exception {
        String body = ("{" + OK + ",'timestamp':'" + time + "'}").replace('\'', '"');
        assertThat(send("POST", "/actions", "", body).status()).isEqualTo(202);
        assertThat(server.accepted.get(server.accepted.size() - 1).timestamp())
                .isEqualTo(OffsetDateTime.parse(time).toInstant());
    }

    @Test
    void whatAContextSaysIsKeptAsItWasWritten() throws Exception {
        String context = "{'a':12345678901234567890.10,'b':1e300,'c':100.0,'d':true,'e':'\\u202e\\ud83d\\ude00\\n'}";
        String body = ("{" + OK + ",'context':" + context + "}").replace('\'', '"');
        assertThat(send("POST", "/actions", "", body).status()).isEqualTo(202);
        assertThat(server.accepted.get(server.accepted.size() - 1).context())
                .isEqualTo(Map.of(
                        "a", "12345678901234567890.10",
                        "b", "1E+300",
                        "c", "100.0",
                        "d", "true",
                        "e", "\u202e\ud83d\ude00\n"));
    }

    /** A number's cost must follow from its length, not from its size. */
    @Test
    @Timeout(60)
    void hugeExponentsCostNoMoreThanOtherNumbers() throws Exception {
        String numbers = "1e999999999,".repeat(7000) + "1e-999999999";
        refused(
                "POST",
                "/items",
                "",
                ("{'item_id':'i','attributes':{'a':[" + numbers + "]}}").replace('\'', '"'),
                400,
                "attributes");
        refused(
                "POST",
                "/items",
                "",
                ("{'item_id':'i','popularity_score':[" + numbers + "]}").replace('\'', '"'),
                400,
                "popularity_score");
    }

    @Test
    void oneIdTwiceInAnArrayIsTakenTwice() throws Exception {
        String twice = ("[{" + OK + ",'event_id':'twice'},{" + OK + ",'event_id':'twice'}]").replace('\'', '"');
        RawAnswer answer = send("POST", "/actions", "", twice);
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body()).contains("\"accepted\":2", "[\"twice\",\"twice\"]");
    }

    @Test
    void whatIsNoHttpIsRefused() throws Exception {
        problem(sent("hello", "", ""), 400, "request");
        problem(sent("GET /popular HTTP/1.1", "Connection: close", "", ""), 400, "request");
        problem(sent("GET /popular HTTP/3.7", HOST, "", ""), 505, "");
        problem(sent("GET /popular HTTP/1.1", HOST, "X: " + "x".repeat(20000), "", ""), 431, "headers");
        problem(sent("GET /recommendations/\u001b[31m HTTP/1.1", HOST, "", ""), 400, "request");
        String post = "POST /actions HTTP/1.1";
        problem(sent(post, HOST, "Content-Length: two", "", "{}"), 400, "request");
        problem(sent(post, HOST, "Expect: nonsense", "Content-Length: 2", "", "{}"), 417, "Expect");
    }

    /** Else a client sends its next request where nobody reads it. */
    @Test
    void whoeverIsCutOffIsToldSo() throws Exception {
        for (String line : List.of(
                "GET /recommendations/%zz HTTP/1.1",
                "GET /recommendations/a%00 HTTP/1.1",
                "GET /popular HTTP/3.7",
                "GET /" + "x".repeat(20000) + " HTTP/1.1",
                "hello")) {
            RawAnswer answer = RawAnswer.to(server.port(), line + "\r\nHost: h\r\n\r\n");
            assertThat(answer.header("Connection")).as(line).isEqualTo("close");
        }
    }

    /** A proxy in front may take each of these for another request than this server would. */
    @Test
    void requestsOfMoreThanOneReadingAreRefused() throws Exception {
        String post = "POST /actions HTTP/1.1";
        problem(sent(post, HOST, "Content-Length: 2", CHUNKED, "", "0", "", ""), 400, "request");
        problem(sent(post, HOST, "Content-Length: 2", "Content-Length: 3", "", "{}"), 400, "request");
        problem(sent(post, HOST, CHUNKED, "", "zz", "{}", "0", "", ""), 400, "");
        problem(
                sent(post, HOST, "Transfer-Encoding: gzip, chunked", "", "2", "{}", "0", "", ""),
                415,
                "Transfer-Encoding");
        problem(sent(post, HOST, "Transfer-Encoding: gzip", "", "{}"), 400, "request");
        problem(sent("GET /popular HTTP/1.1", "Host: a", HOST, "", ""), 400, "request");
        problem(sent("GET /popular HTTP/1.1", HOST, "X: a", " b", "", ""), 400, "request");
        problem(sent("GET /popular HTTP/1.1\nHost: h\nConnection: close\n\n"), 400, "request");
        problem(sent(post, HOST, CHUNKED, "", "2\n{}\n0\n\n"), 400, "body");
    }

    @Test
    void aBodyThatWaitsToBeAskedForIsTaken() throws Exception {
        String body = ("{" + OK + ",'event_id':'expected'}").replace('\'', '"');
        RawAnswer answer = send("POST", "/actions", "Expect: 100-continue\r\n", body);
        assertThat(answer.head() + answer.body()).contains("HTTP/1.1 202");
        assertThat(server.accepted)
                .extracting(action -> action.eventId().value())
                .contains("expected");
    }

    @ParameterizedTest
    @CsvSource({"/actions, 405, POST", "/nowhere, 404, ''", "/popular, 200, ''"})
    void headIsAnsweredAsGetWouldBeWithoutABody(String path, int status, String allowed) throws Exception {
        RawAnswer answer = send("HEAD", path, "", "");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Allow")).isEqualTo(allowed);
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "a%2Fb, a/b",
        "a%2F, a/",
        "a%2F..%2Fb, a/../b",
        "%2e%2e, ..",
        "a%25b, a%b",
        "a+b, a+b",
        "a%2Bb, a+b",
        "a%3Fb%23c, a?b#c",
        "a%5Cb, a\\b",
        "a;b=c, a;b=c",
        "%C3%A4%F0%9F%98%80, \u00e4\ud83d\ude00",
        "%E2%80%AEx, \u202ex",
        "%EF%BB%BFx, \ufeffx",
    })
    void idsInAPathAreKeptExactly(String encoded, String id) throws Exception {
        RawAnswer answer = send("GET", "/recommendations/" + encoded, "", "");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(new ObjectMapper().readTree(answer.body()).get("user_id").textValue())
                .isEqualTo(id);
    }

    @Test
    void unknownParametersAreNamedButNotAllOfThousands() throws Exception {
        StringBuilder query = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            query.append("p").append(i).append('&');
        }
        RawAnswer answer = refused("GET", "/popular?" + query, "", "", 400, "p0");
        assertThat(new ObjectMapper().readTree(answer.body()).get("errors")).hasSize(20);
    }

    @Test
    void whatIsAskedForDoesNotMultiplyMetrics() throws Exception {
        for (int i = 0; i < 50; i++) {
            send("GET", "/recommendations/many" + i, "", "");
            send("GET", "/many" + i, "", "");
            send("MANY" + i, "/popular", "", "");
        }
        assertThat(send("GET", "/metrics", "", "").body())
                .contains("route=\"/recommendations/{user_id}\"")
                .doesNotContain("many", "MANY");
    }

    private RawAnswer sent(String... lines) throws Exception {
        return RawAnswer.to(server.port(), String.join("\r\n", lines));
    }

    @Test
    void goodAnswersAreNotSniffedEither() throws Exception {
        assertThat(send("GET", "/popular", "", "").header("X-Content-Type-Options"))
                .isEqualTo("nosniff");
        assertThat(send("GET", "/metrics", "", "").header("X-Content-Type-Options"))
                .isEqualTo("nosniff");
    }

    @Test
    void addressesOfOurOwnMachinesAreNotTold() throws Exception {
        RawAnswer answer = refused("DELETE", "/items/away", "", "", 503, "");
        assertThat(answer.body()).contains("postgres").doesNotContain("10.1.2.3");
        assertThat(answer.header("Retry-After")).isNotEmpty();
    }

    private RawAnswer refused(String method, String path, String headers, String body, int status, String field)
            throws Exception {
        RawAnswer answer = send(method, path, headers, body);
        problem(answer, status, field);
        return answer;
    }

    /** @param body one byte a character */
    private RawAnswer send(String method, String path, String headers, String body) throws Exception {
        String length = method.equals("GET") ? "" : "Content-Length: " + body.length() + "\r\n";
        return RawAnswer.to(
                server.port(),
                method + " " + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n" + headers + length + "\r\n"
                        + body);
    }

    private static void problem(RawAnswer answer, int status, String field) throws Exception {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        JsonNode problem = new ObjectMapper().readTree(answer.body().getBytes(StandardCharsets.UTF_8));
        assertThat(problem.get("status").intValue()).isEqualTo(status);
        assertThat(problem.get("title").textValue()).isNotEmpty();
        assertThat(problem.get("detail").textValue()).isNotEmpty().hasSizeLessThan(500);
        assertThat(answer.body()).doesNotContain("Exception", "\\tat ", "java.", "jackson", "StreamRead");
        if (!field.isEmpty()) {
            assertThat(problem.get("errors").findValuesAsText("field")).contains(field);
        }
    }
}
