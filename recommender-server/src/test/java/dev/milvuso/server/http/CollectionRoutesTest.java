package dev.milvuso.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.SwitchedStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CollectionRoutesTest {
    private static final String ARTICLES = """
            {"name": "articles", "key": {"type": "int64"}, "vectors": [{"name": "vector", "dimension": 2}],
             "fields": [{"name": "title", "type": "text"}, {"name": "year", "type": "int32", "nullable": true}]}""";

    private final SwitchedStore store = new SwitchedStore();
    private final HttpFixture server = new HttpFixture(store, "server.collections_deadline=5s");
    private final HttpClient http = HttpClient.newHttpClient();

    private record Answer(int status, JsonNode body) {
        String detail() {
            return body.path("detail").asText();
        }

        String field() {
            return body.at("/errors/0/field").asText();
        }
    }

    @BeforeEach
    void make() throws Exception {
        assertThat(send("POST", "/collections", ARTICLES).status()).isEqualTo(201);
        assertThat(send("POST", "/collections/articles/entities", """
                                {"entities": [{"id": 1, "vector": [1, 0], "title": "one", "year": 1990},
                                              {"id": "9007199254740993", "vector": [0, 1], "title": "two"}]}""").body().toString())
                .isEqualTo("{\"inserted\":2,\"keys\":[1,9007199254740993]}");
    }

    @AfterEach
    void clear() {
        store.comeBack();
        for (String name : store.list()) {
            store.aliases(name).forEach(store::dropAlias);
            store.drop(name);
        }
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private Answer send(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 400) {
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        }
        return new Answer(answer.statusCode(), new ObjectMapper().readTree(answer.body()));
    }

    @Test
    void aCollectionIsMigratedBehindAnAnswerAndGoesBack() throws Exception {
        String step = """
                {"version": 2, "adopt": true, "values": {"seen": 7}, "schema": {"name": "articles", "key": {"type": "int64"},
                 "vectors": [{"name": "vector", "dimension": 2}], "fields": [{"name": "title", "type": "text"},
                 {"name": "seen", "type": "int64"}]}}""";
        assertThat(send("GET", "/migrations/articles", "").detail()).contains("adopt it as version 1 first");
        assertThat(send("POST", "/migrations/articles", step).status()).isEqualTo(202);
        await().untilAsserted(() -> assertThat(
                        send("GET", "/migrations/articles", "").body().toString())
                .isEqualTo("{\"alias\":\"articles\",\"current\":2,\"versions\":[1,2]}"));
        assertThat(send("GET", "/collections/articles/entities/1", "").body().toString())
                .isEqualTo("{\"id\":1,\"vector\":[1.0,0.0],\"title\":\"one\",\"seen\":7}");
        assertThat(send("POST", "/migrations/articles/back", "")
                        .body()
                        .get("current")
                        .intValue())
                .isEqualTo(1);
        assertThat(send("POST", "/migrations/articles/back", "").status()).isEqualTo(409);
        Answer wrong = send("POST", "/migrations/articles", step.replace("\"seen\": 7", "\"seen\": \"x\""));
        assertThat(wrong.field()).isEqualTo("values.seen");
        assertThat(send("POST", "/migrations/milvuso_items", step).status()).isEqualTo(403);
        assertThat(send("GET", "/migrations/a-b", "").field()).isEqualTo("alias");
    }

    @Test
    void aMigrationThatCannotBeIsRefusedAndAFailureIsItsDatabasesAlone() throws Exception {
        String step = """
                {"version": 2, "adopt": %s, "schema": {"name": "articles", "key": {"type": "%s"},
                 "vectors": [{"name": "vector", "dimension": 2}], "fields": [{"name": "added", "type": "int64"}]}}""";
        Answer foreign = send("POST", "/migrations/articles", step.formatted(false, "int64"));
        assertThat(foreign.status()).isEqualTo(409);
        assertThat(foreign.detail()).contains("adopt it as version 1 first");
        Answer otherKeys = send("POST", "/migrations/articles", step.formatted(true, "text"));
        assertThat(otherKeys.status()).isEqualTo(400);
        assertThat(otherKeys.detail()).contains("have keys of type int64 and are to have keys of type text");
        assertThat(send("POST", "/migrations/articles", step.formatted(true, "int64"))
                        .status())
                .isEqualTo(202);
        await().untilAsserted(() -> assertThat(
                        send("GET", "/migrations/articles", "").body().toString())
                .startsWith("{\"alias\":\"articles\",\"current\":1,\"versions\":[1],\"failure\":")
                .contains("field added is missing", "is dropped again"));
        assertThat(send("PUT", "/databases/other", "").status()).isEqualTo(204);
        try {
            assertThat(send("GET", "/migrations/articles?database=other", "")
                            .body()
                            .toString())
                    .isEqualTo("{\"alias\":\"articles\",\"current\":null,\"versions\":[]}");
            assertThat(send("POST", "/migrations/none/back", "").detail()).isEqualTo("there is no version of none");
        } finally {
            assertThat(send("DELETE", "/databases/other", "").status()).isEqualTo(204);
        }
        store.rename("articles_v1", "articles_v3");
        Answer older = send("POST", "/migrations/articles", step.formatted(false, "int64"));
        assertThat(older.status()).isEqualTo(409);
        assertThat(older.detail()).contains("version 2 of articles is older than 3, which it stands for");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "GET /collections?database=a-b | 400 | database | database name 'a-b' must be",
                "POST /collections {'name':'x','key':{'type':'int32'},'vectors':[{'name':'v','dimension':2}]} | 400 | key.type | key.type is 'int32': must be one of int64, text",
                "POST /collections {'name':'articles','key':{'type':'int64'},'vectors':[{'name':'vector','dimension':2}],'fields':[{'name':'title','type':'int8'}]} | 409 | name | field title is text of up to 1024 bytes, asked for: int8",
                "GET /collections/articles/entities/abc | 400 | key | key is 'abc': must be a whole number",
                "GET /collections/articles/entities/99999999999999999999 | 400 | key | must be a whole number of 64 bits",
                "PUT /collections/articles/entities {'entities':[{'id':1,'vector':[1,0],'title':'a'},{'id':2,'vector':[1,0]}]} | 400 | entities[1].title | field title is missing",
                "PUT /collections/articles/entities {'entities':[{'id':1,'vector':[0,0],'title':'a'}]} | 400 | entities[0].vector | the cosine needs a direction",
                "PUT /collections/articles/entities {'entities':[{'vector':[1,0],'title':'a'}]} | 400 | entities[0].id | has no key",
                "POST /collections/articles/search {'vector':[1,0],'filter':'year == true'} | 400 | filter | filter: year is compared with 'true'",
                "POST /collections/articles/search {'vector':[1,0],'parameters':{'round_decimals':9}} | 400 | parameters.round_decimals | search parameter round_decimals is 9",
                "POST /collections/articles/search {'vector':[1,0],'range':{'radius':0.9,'range_filter':0.1}} | 400 | range | no score lies between",
                "POST /collections/articles/indexes {'field':'year','type':'ANNOY'} | 400 | type | index type ANNOY is gone",
                "POST /collections {'name':'x','vectors':[]} | 400 | vectors | has no vector field: must have one",
                "POST /collections {'name':'x y','vectors':[{'name':'v','dimension':2}]} | 400 | name | collection name 'x y' must be",
                "POST /collections {'name':'x','vectors':[{'name':'v','dimension':2}],'partition_key':'p'} | 400 | partition_key | the partition key p",
                "POST /collections/articles/search {'vector':[0,0]} | 400 | vector | the cosine needs a direction",
                "POST /collections/articles/search {'vectors':[[1,0],[0,0]]} | 400 | vectors[1] | the cosine needs a direction",
                "POST /collections/articles/search {'vector':[1,0],'field':'x'} | 400 | field | has no vector field x",
                "POST /collections/articles/search {'vector':[1,0],'k':16384,'offset':1} | 400 | offset | together at most 16384",
                "POST /collections/articles/search {'vector':[1,0],'output':['x']} | 400 | output | has no field x",
                "POST /collections/articles/search {'vector':[1,0],'group_by':'x'} | 400 | group_by | group by x: must be",
                "POST /collections/articles/search {'vector':[1,0],'partitions':['x']} | 400 | partitions | has no partition x",
                "POST /collections/articles/search {'vector':[1,0],'parameters':{'ef':3}} | 400 | parameters.ef | must be at least k, which is 10",
                "POST /collections/articles/hybrid {'searches':[]} | 400 | searches | must be 1 to 1024",
                "POST /collections/articles/hybrid {'searches':[{'vector':[1,0]},{'vector':[1,0],'filter':'x > 1'}]} | 400 | searches[1].filter | has no field x",
                "POST /collections/articles/hybrid {'searches':[{'vector':[1,0]}],'ranking':{'type':'weighted','weights':[1,1]}} | 400 | ranking.weights | 2 weights for 1 searches",
                "POST /collections/articles/indexes {'field':'vector','type':'HNSW','parameters':{'M':1}} | 400 | parameters.M | index parameter M is 1: must be 2 to 2048",
                "POST /collections/articles/indexes {'field':'vector','type':'HNSW','parameters':{'X':1}} | 400 | parameters.X | its own are M, efConstruction",
                "PUT /collections/articles/indexes/vector {'type':'IVF_PQ','parameters':{'m':3}} | 400 | parameters.m | must divide the dimension 2",
                "PUT /collections/articles/indexes/x {'type':'HNSW'} | 404 | field | has no field x",
                "GET /collections/articles/indexes/x | 404 | field | has no field x",
                "GET /collections/articles/export?after=x | 400 | after | after must be a whole number",
                "POST /advice {'rows':-1,'dimension':10,'memory_bytes':1} | 400 | rows | rows is -1: must be 0 or more",
                "POST /collections/articles/bm25 {'field':'x','vector':'vector'} | 400 | field | has no text field x",
                "POST /collections/articles/bm25 {'field':'title','vector':'vector'} | 400 | vector | has no sparse vectors vector",
                "POST /collections/articles/query?explain=true {} | 400 | explain | unknown",
                "GET /collections?explain=true | 400 | explain | unknown",
                "DELETE /tenants/zzz | 404 | tenant | there is no tenant zzz",
            })
    void aRefusalIsASentenceWithItsPlace(String call, int status, String field, String words) throws Exception {
        String[] parts = call.split(" ", 3);
        Answer answer = send(parts[0], parts[1], parts.length < 3 ? "" : parts[2].replace('\'', '"'));
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.field()).isEqualTo(field);
        assertThat(answer.detail()).contains(words).doesNotContain("database database", "key key", "parameters search");
    }

    @Test
    void whatAFieldCannotHaveIsWrongThoughItHasAnIndex() throws Exception {
        Answer parts = send(
                "POST",
                "/collections/articles/indexes",
                "{\"field\": \"vector\", \"type\": \"IVF_PQ\", \"parameters\": {\"nlist\": 10, \"m\": 3}}");
        assertThat(parts.status()).isEqualTo(400);
        assertThat(parts.detail()).contains("m is 3: must divide the dimension 2");
        Answer other = send(
                "POST",
                "/collections/articles/indexes",
                "{\"field\": \"vector\", \"type\": \"IVF_FLAT\", \"parameters\": {\"nlist\": 10}}");
        assertThat(other.status()).isEqualTo(409);
    }

    @Test
    void tenantsSeeNothingOfEachOtherAndGoWithAllTheyHave() throws Exception {
        for (String tenant : List.of("a", "b%20%2F")) {
            String own = "?tenant=" + tenant;
            assertThat(send("GET", "/collections" + own, "").body().toString()).isEqualTo("{\"collections\":[]}");
            assertThat(send("POST", "/collections" + own, ARTICLES).status()).isEqualTo(201);
            assertThat(send("PUT", "/collections/articles/entities" + own, """
                    {"entities": [{"id": 1, "vector": [1, 0], "title": "%s"}]}""".formatted(tenant))
                            .status())
                    .isEqualTo(200);
        }
        assertThat(send("GET", "/collections/articles/entities/1?tenant=a", "")
                        .body()
                        .get("title")
                        .textValue())
                .isEqualTo("a");
        assertThat(send("GET", "/collections/articles/entities/1", "")
                        .body()
                        .get("title")
                        .textValue())
                .isEqualTo("one");
        assertThat(send("POST", "/collections/articles/search?tenant=a", "{\"vector\": [1, 0]}")
                        .body()
                        .toString())
                .contains("\"key\":1")
                .doesNotContain("9007199254740993");
        assertThat(send("GET", "/tenants", "").body().toString()).isEqualTo("{\"tenants\":[\"a\",\"b /\"]}");
        assertThat(send("PUT", "/collections/articles/aliases/x?tenant=a", "").detail())
                .contains("alias");
        assertThat(send("POST", "/collections/articles/rename?tenant=a", "{\"name\": \"x\"}")
                        .status())
                .isEqualTo(501);
        assertThat(send("DELETE", "/tenants/b%20%2F", "").status()).isEqualTo(204);
        assertThat(send("GET", "/tenants", "").body().toString()).isEqualTo("{\"tenants\":[\"a\"]}");
        assertThat(send("GET", "/collections?tenant=", "").field()).isEqualTo("tenant");
        assertThat(send("PUT", "/tenants/" + "x".repeat(200), "").field()).isEqualTo("tenant");
    }

    @Test
    void anIndexIsProposedAndTheStoreSaysWhichItIs() throws Exception {
        Answer advice = send("POST", "/advice", """
                {"rows": 1000000, "dimension": 64, "memory_bytes": 1073741824, "recall": 0.98, "store": "milvus"}""");
        assertThat(advice.body().at("/index/type").textValue()).isEqualTo("HNSW");
        assertThat(advice.body().at("/search/parameters/ef").intValue()).isEqualTo(128);
        Answer small = send("POST", "/advice", "{\"rows\": 1000000, \"dimension\": 64, \"memory_bytes\": 1}");
        assertThat(small.field()).isEqualTo("memory_bytes");
        assertThat(send("POST", "/advice", "{\"rows\": 1, \"dimension\": 1, \"memory_bytes\": 1}")
                        .detail())
                .contains("dimension is 1: must be 2 to 32768");
        assertThat(send("GET", "/features", "").body().get("name").textValue()).isNotEmpty();
    }

    @Test
    void whatWasWrittenIsFoundCountedAndDeleted() throws Exception {
        assertThat(send("GET", "/collections", "").body().toString()).isEqualTo("{\"collections\":[\"articles\"]}");
        assertThat(send("GET", "/collections/articles/entities/1", "").body().toString())
                .isEqualTo("{\"id\":1,\"vector\":[1.0,0.0],\"title\":\"one\",\"year\":1990}");
        assertThat(send(
                                "POST",
                                "/collections/articles/search?int64=string",
                                "{\"vector\": [0, 2], \"k\": 1, \"output\": [\"title\"]}")
                        .body()
                        .toString())
                .isEqualTo("{\"results\":[[{\"key\":\"9007199254740993\",\"score\":1.0,"
                        + "\"entity\":{\"id\":\"9007199254740993\",\"title\":\"two\"}}]]}");
        assertThat(send("POST", "/collections/articles/query", "{\"filter\": \"year is null\", \"output\": []}")
                        .body()
                        .toString())
                .isEqualTo("{\"entities\":[{\"id\":9007199254740993}]}");
        assertThat(send("POST", "/collections/articles/delete", "{\"filter\": \"year > 1980\"}")
                        .status())
                .isEqualTo(204);
        assertThat(send("POST", "/collections/articles/count", "{}").body().toString())
                .isEqualTo("{\"count\":1}");
        Answer statistics = send("GET", "/collections/articles/statistics", "");
        assertThat(statistics.body().get("rows").intValue()).isEqualTo(1);
        assertThat(statistics.body().get("loaded").booleanValue()).isTrue();
        assertThat(statistics.body().at("/partitions/0").toString())
                .isEqualTo("{\"name\":\"_default\",\"loaded\":true}");
        assertThat(statistics.body().at("/nodes/0/name").textValue()).isEqualTo("embedded");
    }

    @Test
    void aSearchSaysHowItWentIfItIsAsked() throws Exception {
        Answer answer = send(
                "POST",
                "/collections/articles/search?explain=true",
                "{\"vector\": [0, 2], \"filter\": \"year > 1980\"}");
        assertThat(answer.body().at("/explanation/rows").intValue()).isEqualTo(2);
        assertThat(answer.body().at("/explanation/candidates").intValue()).isEqualTo(1);
        assertThat(answer.body().at("/explanation/stages_ms/search").isNumber()).isTrue();
        assertThat(answer.body().at("/results/0")).hasSize(1);
    }

    @Test
    void theSameSchemaAgainIsFineAndAnotherIsNot() throws Exception {
        assertThat(send("POST", "/collections", ARTICLES).status()).isEqualTo(200);
        Answer other = send("POST", "/collections", ARTICLES.replace("int32", "int64"));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.detail()).contains("field year");
        assertThat(send("POST", "/collections/articles/aliases", "{\"alias\": \"latest\"}")
                        .status())
                .isEqualTo(200);
        assertThat(send("POST", "/collections/articles/aliases", "{\"alias\": \"latest\"}")
                        .status())
                .isEqualTo(409);
        assertThat(send("DELETE", "/collections/articles", "").status()).isEqualTo(409);
        assertThat(send("PUT", "/collections/articles/aliases/newest", "").status())
                .isEqualTo(404);
        assertThat(send("DELETE", "/collections/articles/aliases/latest", "").status())
                .isEqualTo(204);
        assertThat(send("DELETE", "/collections/articles", "").status()).isEqualTo(204);
        assertThat(send("DELETE", "/collections/articles", "").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | /collections/nothing | | 404 | collection",
                "POST | /collections/nothing/search | {} | 404 | collection",
                "GET | /collections/articles/entities/77 | | 404 | key",
                "GET | /collections/articles/entities/abc | | 400 | key",
                "GET | /collections/a%2F..%2Fb | | 400 | collection",
                "GET | /collections/%2e%2e | | 400 | collection",
                "GET | /collections/%00 | | 400 | path",
                "GET | /collections/articles?colour=red | | 400 | colour",
                "GET | /collections/articles?int64=hex | | 400 | int64",
                "GET | /collections/articles?database=a-b | | 400 | database",
                "PATCH | /collections/articles | {} | 405 | method",
                "POST | /collections | [] | 400 | body",
                "POST | /collections | {} | 400 | name",
                "POST | /collections | {\"name\": \"x\", \"vectors\": [{\"name\": \"v\", \"dimension\": 2, \"colour\": 1}]} | 400 | vectors[0].colour",
                "POST | /collections | {\"name\": \"x\", \"vectors\": [{\"name\": \"v\", \"dimension\": 1e99}]} | 400 | vectors[0].dimension",
                "POST | /collections/articles/entities | {\"entities\": []} | 400 | entities",
                "POST | /collections/articles/entities | {\"entities\": [{\"id\": 2, \"vector\": [1, 0]}]} | 400 | entities[0].title",
                "POST | /collections/articles/entities | {\"entities\": [{\"id\": 2, \"vector\": [1, \"0\"], \"title\": \"t\"}]} | 400 | entities[0].vector[1]",
                "POST | /collections/articles/entities | {\"entities\": [{\"id\": 2, \"vector\": [1, 0], \"title\": \"t\", \"x\": 1}]} | 400 | entities[0].x",
                "POST | /collections/articles/entities | {\"partition\": \"p\", \"entities\": [{\"id\": 2, \"vector\": [1, 0], \"title\": \"t\"}]} | 400 | partition",
                "POST | /collections/articles/search | {\"vector\": [1]} | 400 | vector",
                "POST | /collections/articles/search | {\"vector\": [1, NaN]} | 400 | vector[1]",
                "POST | /collections/articles/search | {\"vector\": [1, 0], \"filter\": \"yaer > 1\"} | 400 | filter",
                "POST | /collections/articles/search | {\"vector\": [1, 0], \"filter\": \"year > \"} | 400 | filter",
                "POST | /collections/articles/search | {\"vector\": [1, 0], \"k\": 99999999999999999999} | 400 | k",
                "POST | /collections/articles/delete | {} | 400 | body",
                "POST | /collections/articles/query | {\"limit\": 0} | 400 | limit",
                "POST | /collections/articles/rename | {\"name\": \"../x\"} | 400 | name",
                "DELETE | /collections/milvuso_items | | 403 | collection",
                "POST | /collections/articles/rename | {\"name\": \"milvuso_users\"} | 403 | collection",
                "POST | /collections/articles/aliases | {\"alias\": \"milvuso_items_batch_h1\"} | 403 | collection",
            })
    void whatIsWrongIsRefusedWithItsPlace(String method, String path, String body, int status, String field)
            throws Exception {
        Answer answer = send(method, path, body == null ? "" : body);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
        assertThat(answer.field()).as(answer.body().toString()).isEqualTo(field);
        assertThat(answer.detail()).isNotEmpty().doesNotContain("Exception", "java.", "jackson");
        assertThat(answer.detail().lines()).hasSize(1);
    }

    @Test
    void whatIsTheRecommendersOwnCanBeReadAndNotChanged() throws Exception {
        store.create(new CollectionSchema("milvuso_items", 2, Metric.COSINE, List.of()));
        assertThat(send("GET", "/collections/milvuso_items", "").status()).isEqualTo(200);
        assertThat(send("POST", "/collections/milvuso_items/search", "{\"vector\": [1, 0]}")
                        .status())
                .isEqualTo(200);
        store.createAlias("by_another_name", "milvuso_items");
        for (String name : List.of("milvuso_items", "by_another_name")) {
            String path = "/collections/" + name;
            String rows = "{\"entities\": [{\"id\": \"a\", \"vector\": [1, 0]}]}";
            assertThat(List.of(
                            send("DELETE", path, "").status(),
                            send("POST", path + "/truncate", "").status(),
                            send("POST", path + "/release", "").status(),
                            send("POST", path + "/rename", "{\"name\": \"mine\"}")
                                    .status(),
                            send("POST", path + "/entities", rows).status(),
                            send("PUT", path + "/entities", rows).status(),
                            send("DELETE", path + "/entities/a", "").status(),
                            send("POST", path + "/delete", "{\"keys\": [\"a\"]}")
                                    .status(),
                            send("PUT", path + "/partitions/p", "").status(),
                            send("DELETE", path + "/aliases/by_another_name", "")
                                    .status()))
                    .containsOnly(403);
        }
        try (HttpFixture open = new HttpFixture(store, "server.protect_collections=false")) {
            HttpRequest drop = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + open.port() + "/collections/milvuso_items/truncate"))
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build();
            assertThat(http.send(drop, HttpResponse.BodyHandlers.discarding()).statusCode())
                    .isEqualTo(204);
        }
    }

    @Test
    void tooMuchIsRefusedBeforeItIsDone() throws Exception {
        String rows = IntStream.range(0, 10_001).mapToObj(i -> "{}").collect(Collectors.joining(","));
        Answer entities = send("POST", "/collections/articles/entities", "{\"entities\": [" + rows + "]}");
        assertThat(entities.status()).isEqualTo(413);
        Answer body = send("POST", "/collections/articles/query", " ".repeat(HttpFixture.MAX_BODY) + "{}");
        assertThat(body.status()).isEqualTo(413);
        Answer depth = send("POST", "/collections/articles/query", "{\"a\":".repeat(5000) + "1" + "}".repeat(5000));
        assertThat(depth.status()).isEqualTo(400);
        assertThat(depth.detail()).contains("deeper than 32");
        String queries = IntStream.range(0, 500).mapToObj(i -> "[1,0]").collect(Collectors.joining(","));
        Answer hits = send("POST", "/collections/articles/search", "{\"vectors\": [" + queries + "], \"k\": 16384}");
        assertThat(hits.status()).isEqualTo(400);
        assertThat(hits.detail()).contains("8192000").contains("at most");
        assertThat(send("POST", "/collections/articles/count", "{}").body().toString())
                .isEqualTo("{\"count\":2}");
    }

    @Test
    void aStoreThatIsAwayOrHangsIsA503() throws Exception {
        store.goAway();
        assertThat(send("GET", "/collections", "").status()).isEqualTo(503);
        store.comeBack();
        store.hang();
        Answer hanging = send("GET", "/collections/articles", "");
        assertThat(hanging.status()).isEqualTo(503);
        assertThat(hanging.detail()).contains("does not answer in time");
        store.comeBack();
        assertThat(send("GET", "/collections/articles", "").status()).isEqualTo(200);
    }

    @Test
    void aStoreThatHangsHoldsUpAHundredRequestsAndNothingElse() throws Exception {
        store.hang();
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.port() + "/collections/articles"))
                .build();
        List<CompletableFuture<HttpResponse<Void>>> waiting = IntStream.range(0, 100)
                .mapToObj(i -> http.sendAsync(request, HttpResponse.BodyHandlers.discarding()))
                .toList();
        assertThat(send("GET", "/health", "").status()).isEqualTo(200);
        List<HttpResponse<Void>> answers =
                waiting.stream().map(CompletableFuture::join).toList();
        assertThat(answers)
                .allSatisfy(answer -> {
                    assertThat(answer.statusCode()).isIn(429, 503);
                    assertThat(answer.headers().firstValue("Retry-After")).contains("1");
                })
                .anySatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(429));
        store.comeBack();
        // The threads pass over what nobody waits for any more.
        await().untilAsserted(() ->
                assertThat(send("GET", "/collections/articles", "").status()).isEqualTo(200));
    }

    @Test
    void requestsAreCountedByTheirRouteAndNotByTheirCollection() throws Exception {
        send("GET", "/collections/articles/statistics", "");
        assertThat(server.metrics.scrape())
                .contains("route=\"/collections/{collection}/statistics\"")
                .doesNotContain("articles");
    }

    @ParameterizedTest
    @ValueSource(strings = {"entities", "search", "query", "delete", "count", "get"})
    void anyBodyIsTakenOrRefusedWithAReason(String route) throws Exception {
        List<String> bits = List.of(
                "{",
                "}",
                "[",
                "]",
                ",",
                ":",
                "\"",
                "null",
                "true",
                "1e999",
                "-1",
                "\"a\"",
                "9".repeat(30),
                "\\",
                "\u0001",
                "{\"$gt\":1}",
                "id",
                "vector",
                "filter");
        String good = "{\"entities\":[{\"id\":5,\"vector\":[1,2],\"title\":\"x\"}],\"vector\":[1,0],"
                + "\"filter\":\"id > 1 and title like 'a%'\",\"keys\":[1,2],\"k\":3,\"output\":[\"title\"]}";
        Random random = new Random(route.hashCode());
        for (int i = 0; i < 200; i++) {
            StringBuilder body = new StringBuilder(good);
            for (int j = random.nextInt(4); j >= 0; j--) {
                int at = random.nextInt(body.length());
                body.replace(
                        at, Math.min(body.length(), at + random.nextInt(30)), bits.get(random.nextInt(bits.size())));
            }
            Answer answer = send("POST", "/collections/articles/" + route, body.toString());
            assertThat(answer.status()).as(body.toString()).isIn(200, 201, 204, 400);
            if (answer.status() == 400) {
                assertThat(answer.detail()).as(body.toString()).isNotEmpty().doesNotContain("Exception", "java.");
                assertThat(answer.field()).as(body.toString()).isNotEmpty();
            }
        }
    }
}
