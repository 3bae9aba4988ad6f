package dev.milvuso.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Catalogue, rules, users and batches as a client sees them, hostile ones too. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SiteRoutesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private HttpFixture server;

    @BeforeAll
    void start() throws Exception {
        server = new HttpFixture();
        for (int i = 0; i < 5; i++) {
            assertThat(send(
                                    "POST",
                                    "/items",
                                    "{'item_id':'p" + i + "','category':'paged','tags':['n" + i
                                            + "'],'attributes':{'year':" + (1990 + i) + ",'price':1.50}}")
                            .statusCode())
                    .isEqualTo(201);
        }
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode json(String path) throws Exception {
        HttpResponse<String> answer = send("GET", path, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    @Test
    void theCatalogueIsReadPageByPage() throws Exception {
        JsonNode first = json("/items?category=paged&limit=3");
        assertThat(first.get("items").findValuesAsText("item_id")).containsExactly("p0", "p1", "p2");
        JsonNode second =
                json("/items?category=paged&limit=3&after=" + first.get("next").textValue());
        assertThat(second.get("items").findValuesAsText("item_id")).containsExactly("p3", "p4");
        assertThat(second.has("next")).isFalse();
        assertThat(json("/items?category=nowhere").get("items")).isEmpty();
    }

    @Test
    void theCatalogueIsFiltered() throws Exception {
        String filter = "attributes%5B%22year%22%5D%20%3E%3D%201993";
        assertThat(json("/items?category=paged&filter=" + filter).get("items").findValuesAsText("item_id"))
                .containsExactly("p3", "p4");
        assertThat(json("/items?category=paged&tags=n1").get("items").findValuesAsText("item_id"))
                .containsExactly("p1");
    }

    @Test
    void aPatchMergesAndNullRemoves() throws Exception {
        send("POST", "/items", "{'item_id':'m','title':'T','category':'c','attributes':{'a':1,'b':{'x':1.50}}}");

        HttpResponse<String> patched =
                send("PATCH", "/items/m", "{'title':null,'tags':['t'],'attributes':{'a':null,'b':{'y':2}}}");

        assertThat(patched.statusCode()).as(patched.body()).isEqualTo(200);
        JsonNode item = json("/items/m");
        assertThat(item).isEqualTo(JSON.readTree(patched.body()));
        assertThat(item.has("title")).isFalse();
        assertThat(item.get("category").textValue()).isEqualTo("c");
        assertThat(item.get("tags").toString()).isEqualTo("[\"t\"]");
        assertThat(patched.body()).contains("\"attributes\":{\"b\":{\"x\":1.50,\"y\":2}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'item_id':'other'} | 400 | item_id",
                "{'nosuch':1} | 400 | nosuch",
                "{'category':5} | 400 | category",
                "{'embedding':[1]} | 400 | embedding",
                "[] | 400 | body",
                "5 | 400 | body",
                "{'available_from':'2026-02-01T00:00:00Z','available_until':'2026-01-01T00:00:00Z'} | 400 | available_until",
            })
    void aBadPatchIsRefused(String body, int status, String place) throws Exception {
        refused(send("PATCH", "/items/p0", body), status, place);
    }

    private static void refused(HttpResponse<String> answer, int status, String place) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(JSON.readTree(answer.body()).get("errors").findValuesAsText("field"))
                .contains(place);
    }

    @Test
    void anUnknownItemIsNeitherPatchedNorLikeAnything() throws Exception {
        refused(send("PATCH", "/items/nowhere", "{'title':'x'}"), 404, "item_id");
        refused(send("GET", "/items/nowhere/similar", ""), 404, "item_id");
    }

    @Test
    void withoutAVectorAnItemIsLikeWhatSharesItsContent() throws Exception {
        JsonNode similar = json("/items/p0/similar?num=2");
        assertThat(similar.get("source").textValue()).isEqualTo("content");
        assertThat(similar.get("items").findValuesAsText("item_id"))
                .hasSize(2)
                .doesNotContain("p0")
                .allMatch(id -> id.startsWith("p"));
    }

    @Test
    void aRuleLivesItsLife() throws Exception {
        String rule = "{'name':'r','when':{'item':'category == \\'x\\''},'then':{'boost':2}}".replace("\\'", "\\\"");
        assertThat(send("POST", "/rules", rule).statusCode()).isEqualTo(201);
        refused(send("POST", "/rules", rule), 409, "version");
        assertThat(json("/rules").get("rules").findValuesAsText("name")).contains("r");
        assertThat(send("PUT", "/rules/r", "{'then':{'block':true},'version':1}")
                        .statusCode())
                .isEqualTo(200);
        refused(send("PUT", "/rules/r", "{'then':{'bury':true},'version':1}"), 409, "version");
        JsonNode now = json("/rules/r");
        assertThat(now.get("version").intValue()).isEqualTo(2);
        assertThat(now.get("then").has("block")).isTrue();
        assertThat(send("DELETE", "/rules/r", "").statusCode()).isEqualTo(204);
        refused(send("DELETE", "/rules/r", ""), 404, "name");
        refused(send("GET", "/rules/r", ""), 404, "name");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'then':{'block':true}} | name",
                "{'name':'a b','then':{'block':true}} | name",
                "{'name':'r'} | then",
                "{'name':'r','then':{}} | then",
                "{'name':'r','then':{'block':true,'bury':true}} | then",
                "{'name':'r','then':{'block':false}} | then.block",
                "{'name':'r','then':{'fly':true}} | then.fly",
                "{'name':'r','then':{'pin':0}} | then.pin",
                "{'name':'r','then':{'pin':1.5}} | then.pin",
                "{'name':'r','then':{'boost':0}} | then.boost",
                "{'name':'r','then':{'boost':1e999}} | then.boost",
                "{'name':'r','then':{'cap':{'most':-1}}} | then.cap.most",
                "{'name':'r','then':{'cap':{'most':1,'per':'day'}}} | then.cap.per",
                "{'name':'r','when':{'item':'year >'},'then':{'block':true}} | when.item",
                "{'name':'r','when':{'item':'year > 5'},'then':{'block':true}} | when.item",
                "{'name':'r','when':{'context_item':'('},'then':{'block':true}} | when.context_item",
                "{'name':'r','when':{'users':['a b']},'then':{'block':true}} | when.users[0]",
                "{'name':'r','when':{'segment':{'from':50,'to':20}},'then':{'block':true}} | when.segment.to",
                "{'name':'r','when':[],'then':{'block':true}} | when",
                "{'name':'r','then':{'block':true},'from':'soon'} | from",
                "{'name':'r','then':{'block':true},'priority':1.5} | priority",
                "{'name':'r','then':{'block':true},'more':1} | more",
                "[] | body",
            })
    void aBadRuleIsRefusedWithItsPlace(String rule, String place) throws Exception {
        refused(send("POST", "/rules", rule), 400, place);
    }

    @Test
    void profilesAndHistoriesAreShown() throws Exception {
        JsonNode profile = json("/users/known");
        assertThat(profile.get("actions").intValue()).isEqualTo(2);
        assertThat(profile.at("/interests/categories/novel").doubleValue())
                .isPositive()
                .isLessThan(1);
        assertThat(json("/users/known/actions").get("actions").findValuesAsText("item_id"))
                .containsExactly("i");
        assertThat(json("/users").get("users").toString()).isEqualTo("[\"known\"]");
        assertThat(json("/users/known/similar").get("users")).isEmpty();
        refused(send("GET", "/users/nobody", ""), 404, "user_id");
        assertThat(send("DELETE", "/users/known", "").statusCode()).isEqualTo(204);
        assertThat(send("GET", "/users/away", "").statusCode()).isEqualTo(503);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/items?limit=0 | limit",
                "/items?limit=1001 | limit",
                "/items?after=a%20b | after",
                "/items?filter=( | filter",
                "/items?q=x | q",
                "/items/p0/similar?num=0 | num",
                "/search | q",
                "/search?q=%20 | q",
                "/search?q=x&num=abc | num",
                "/trending?limit=1 | limit",
                "/latest?filter=a%20%3D%3D%201 | filter",
                "/users/u/actions?after=x | after",
                "/users/u/actions?after=2026-01-31T12:00:00Z/ | after",
                "/users/u/similar?num=-1 | num",
                "/users/a%20b | user_id",
                "/rules/a%20b | name",
                "/recommendations/u/stream?n=1 | n",
            })
    void aBadAddressIsRefused(String path, String place) throws Exception {
        refused(send("GET", path, ""), 400, place);
    }

    @Test
    void manyUsersAreAnsweredAtOnceInTheirOrder() throws Exception {
        HttpResponse<String> answer =
                send("POST", "/recommendations", "{'users':['b','a','b'],'num_recommendations':2,'exclude':['x']}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode body = JSON.readTree(answer.body());
        assertThat(body.get("results").findValuesAsText("user_id")).containsExactly("b", "a", "b");
        assertThat(body.get("unfinished")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | users",
                "{'users':[]} | users",
                "{'users':'u'} | users",
                "{'users':['']} | users[0]",
                "{'users':[5]} | users[0]",
                "{'users':['u'],'num_recommendations':0} | num_recommendations",
                "{'users':['u'],'filter':'('} | filter",
                "{'users':['u'],'exclude':[1]} | exclude[0]",
                "{'users':['u'],'diversity':2} | diversity",
                "{'users':['u'],'more':2} | more",
            })
    void aBadBatchIsRefused(String body, String place) throws Exception {
        refused(send("POST", "/recommendations", body), 400, place);
    }

    @Test
    void aPostedQuestionIsAnsweredAsOneInTheAddress() throws Exception {
        HttpResponse<String> answer = send("POST", "/recommendations/u", "{'category':['paged'],'tags':['n1']}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        refused(send("POST", "/recommendations/u", "{'users':['u']}"), 400, "users");
    }

    @Test
    void notMoreThanTheStreamsThatThereMayBeAreOpened() throws Exception {
        List<HttpResponse<InputStream>> open = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + server.port() + "/recommendations/u/stream"))
                    .build();
            open.add(http.send(request, HttpResponse.BodyHandlers.ofInputStream()));
        }
        HttpResponse<String> refused = send("GET", "/recommendations/u/stream", "");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        byte[] first = open.get(0).body().readNBytes(23);
        assertThat(new String(first, StandardCharsets.UTF_8)).startsWith("event: list\nid: 1\ndata:");
        for (HttpResponse<InputStream> each : open) {
            each.body().close();
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + server.port() + "/recommendations/u/stream"))
                    .build();
            HttpResponse<InputStream> again = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            again.body().close();
            return again.statusCode() == 200;
        });
    }
}
