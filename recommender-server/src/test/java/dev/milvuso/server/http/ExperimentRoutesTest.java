package dev.milvuso.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExperimentRoutesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TWO = "'variants':[{'name':'a'},{'name':'b'}]";

    private HttpFixture server;

    @BeforeAll
    void start() {
        server = new HttpFixture();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private RawAnswer send(String method, String path, String body) throws Exception {
        String json = body.replace('\'', '"');
        return RawAnswer.to(
                server.port(),
                method + " " + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Type: application/json\r\n"
                        + "Content-Length: " + json.getBytes(StandardCharsets.ISO_8859_1).length + "\r\n\r\n" + json);
    }

    private JsonNode posted(String method, String path, String body, int status) throws Exception {
        RawAnswer answer = send(method, path, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        return JSON.readTree(answer.body());
    }

    @Test
    void anExperimentGoesFromDraftToItsWinner() throws Exception {
        String body = "{'name':'whole','variants':[{'name':'a'},{'name':'b','weight':2,'overrides':"
                + "{'recommendation.similarity_threshold':0.25}}],'guardrails':[{'outcome':'latency','most_harm':0.5,"
                + "'stops':true}]}";
        JsonNode added = posted("POST", "/experiments", body, 201);
        assertThat(added.at("/state").textValue()).isEqualTo("draft");
        assertThat(added.at("/variants/1/overrides/recommendation.similarity_threshold")
                        .textValue())
                .isEqualTo("0.25");
        posted("POST", "/experiments", body, 409);
        posted("PUT", "/experiments/whole", body.replace("'weight':2", "'weight':3"), 200);
        assertThat(posted("POST", "/experiments/whole/start", "", 200)
                        .at("/state")
                        .textValue())
                .isEqualTo("running");
        JsonNode running = posted("GET", "/experiments/whole", "", 200);
        assertThat(running.at("/variants/1/weight").doubleValue()).isEqualTo(3);
        assertThat(running.at("/results/variants")).hasSize(2);
        assertThat(running.at("/results/variants/1/difference/low").isNull()).isTrue();
        assertThat(posted("GET", "/experiments", "", 200).at("/experiments")).isNotEmpty();
        JsonNode list = posted("GET", "/recommendations/u", "", 200);
        assertThat(list.at("/variants/whole").textValue()).isIn("a", "b");
        posted("POST", "/experiments/whole/stop", "", 200);
        posted("POST", "/experiments/whole/conclude", "{'winner':'c'}", 400);
        assertThat(posted("POST", "/experiments/whole/conclude", "{'winner':'b'}", 200)
                        .at("/winner")
                        .textValue())
                .isEqualTo("b");
        assertThat(send("DELETE", "/experiments/whole", "").status()).isEqualTo(204);
        posted("GET", "/experiments/whole", "", 404);
        assertThat(posted("GET", "/recommendations/u", "", 200).has("variants")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {}                                                                   | name
            []                                                                   | body
            {'name':7,TWO}                                                       | name
            {'name':'a/b',TWO}                                                   | name
            {'name':'',TWO}                                                      | name
            {'name':'x'}                                                         | variants
            {'name':'x','variants':7}                                            | variants
            {'name':'x','variants':[]}                                           | variants
            {'name':'x','variants':[{'name':'a'}]}                               | variants
            {'name':'x','variants':[{'name':'a'},{'name':'a'}]}                  | variants
            {'name':'x','variants':[7,8]}                                        | variants[0]
            {'name':'x','variants':[{'name':'a'},{}]}                            | variants[1].name
            {'name':'x','variants':[{'name':'a'},{'name':'b','weight':-1}]}      | variants[1].weight
            {'name':'x','variants':[{'name':'a'},{'name':'b','weight':'1'}]}     | variants[1].weight
            {'name':'x','variants':[{'name':'a'},{'name':'b','overrides':[]}]}   | variants[1].overrides
            {'name':'x','variants':[{'name':'a'},{'name':'b','overrides':{'server.port':1}}]} | variants[1].overrides
            {'name':'x','variants':[{'name':'a'},{'name':'b','overrides':{'recommendation.top':1}}]} | variants[1].overrides
            {'name':'x','variants':[{'name':'a'},{'name':'b','overrides':{'recommendation.similarity_threshold':9}}]} | variants[1].overrides
            {'name':'x','variants':[{'name':'a'},{'name':'b','overrides':{'recommendation.similarity_threshold':{}}}]} | variants[1].overrides
            {'name':'x',TWO,'share':0}                                           | share
            {'name':'x',TWO,'share':1.01}                                        | share
            {'name':'x',TWO,'share':NaN}                                         | share
            {'name':'x',TWO,'alpha':0.6}                                         | alpha
            {'name':'x',TWO,'effect':0}                                          | effect
            {'name':'x',TWO,'effect':1e999}                                      | effect
            {'name':'x',TWO,'kind':'AB'}                                         | kind
            {'name':'x',TWO,'outcome':'clicks'}                                  | outcome
            {'name':'x',TWO,'layer':'a b'}                                       | layer
            {'name':'x',TWO,'guardrails':[{}]}                                   | guardrails[0].outcome
            {'name':'x',TWO,'guardrails':[{'outcome':'ctr','most_harm':-1}]}     | guardrails[0].most_harm
            {'name':'x',TWO,'guardrails':[{'outcome':'ctr','stops':1}]}          | guardrails[0].stops
            {'name':'x',TWO,'colour':1}                                          | colour
            {'name':'x',TWO,'name':'y'}                                          | name
            {'name':'x','kind':'interleaving','variants':[{'name':'a'},{'name':'b'},{'name':'c'}]} | variants
            """)
    void whatIsNoExperimentIsRefusedByItsPlace(String body, String place) throws Exception {
        JsonNode problem = posted("POST", "/experiments", body.replace("TWO", TWO), 400);
        assertThat(problem.at("/errors/0/field").textValue()).isEqualTo(place);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "'", "{", "{'name':'x'}{}", "null", "7", "\u00ff"})
    void whatIsNoJsonIsRefused(String body) throws Exception {
        assertThat(send("POST", "/experiments", body).status()).isEqualTo(400);
        assertThat(send("POST", "/experiments/whole/conclude", body).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/experiments?x=1,400",
        "GET,/experiments/nobody,404",
        "GET,/experiments/%00,400",
        "GET,/experiments/%ff,400",
        "DELETE,/experiments/nobody,404",
        "POST,/experiments/nobody/start,404",
        "POST,/experiments/nobody/stop,404",
        "POST,/experiments/..%2Fx/stop,404",
        "PATCH,/experiments/nobody,405",
        "GET,/experiments/nobody/start,405",
        "GET,/experiments/away,503"
    })
    void whatIsNotThereOrNotAllowedIsSaid(String method, String path, int status) throws Exception {
        RawAnswer answer = send(method, path, "");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).doesNotContain("10.1.2.3");
    }

    @Test
    void aBodyBeyondTheBoundIsRefused() throws Exception {
        String large = "{'name':'x','description':'" + "x".repeat(HttpFixture.MAX_BODY) + "'}";
        assertThat(send("POST", "/experiments", large).status()).isEqualTo(413);
        String long1 = "{'name':'x'," + TWO + ",'description':'" + "x".repeat(1001) + "'}";
        assertThat(send("POST", "/experiments", long1).status()).isEqualTo(400);
    }
}
