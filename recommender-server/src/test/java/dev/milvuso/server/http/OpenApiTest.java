package dev.milvuso.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiTest {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");
    private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");

    private HttpFixture server;
    private JsonNode document;

    @BeforeAll
    void start() throws Exception {
        server = new HttpFixture();
        RawAnswer answer =
                RawAnswer.to(server.port(), "GET /openapi.json HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
        document = new ObjectMapper().readTree(answer.body());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void theDocumentNamesJustTheRoutesThatThereAre() {
        Set<String> routes = server.routes.all().stream()
                .map(route -> route.method().name().toLowerCase(Locale.ROOT) + " " + route.path())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> documented = new TreeSet<>();
        operations((name, operation) -> documented.add(name));
        assertThat(documented).isEqualTo(routes);
    }

    /** The rules of OpenAPI 3.1 that a hand-written document breaks most easily. */
    @Test
    void theDocumentIsOfOpenApi31() {
        assertThat(document.get("openapi").textValue()).matches("3\\.1\\.\\d+");
        assertThat(document.at("/info/title").textValue()).isNotEmpty();
        assertThat(document.at("/info/version").textValue()).isNotEmpty();
        Set<String> ids = new HashSet<>();
        operations((name, operation) -> {
            assertThat(ids.add(operation.get("operationId").textValue()))
                    .as(name)
                    .isTrue();
            assertThat(operation.get("responses")).as(name).isNotEmpty();
            operation.get("responses").properties().forEach(each -> {
                assertThat(each.getKey()).as(name).matches("[1-5]\\d\\d");
                assertThat(resolved(each.getValue()).get("description").textValue())
                        .as(name)
                        .isNotEmpty();
            });
        });
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<String> references = document.findValuesAsText("$ref");
        assertThat(references)
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isObject())
                        .as(reference)
                        .isTrue());
    }

    @Test
    void everyParameterOfAPathIsDeclared() {
        document.get("paths").properties().forEach(path -> {
            Set<String> declared = new HashSet<>();
            path.getValue().path("parameters").forEach(each -> {
                assertThat(each.get("in").textValue()).isEqualTo("path");
                assertThat(each.get("required").booleanValue()).isTrue();
                declared.add(each.get("name").textValue());
            });
            List<String> used = new ArrayList<>();
            PARAMETER.matcher(path.getKey()).results().forEach(found -> used.add(found.group(1)));
            assertThat(declared).as(path.getKey()).containsExactlyInAnyOrderElementsOf(used);
        });
    }

    @Test
    void refusalsAreProblemsAndThoseToBeTriedAgainSayWhen() {
        operations((name, operation) -> operation.get("responses").properties().stream()
                .filter(each -> each.getKey().compareTo("400") >= 0 && !name.startsWith("get /health"))
                .forEach(each -> {
                    assertThat(resolved(each.getValue())
                                    .at("/content/application~1problem+json")
                                    .isObject())
                            .as(name + " " + each.getKey())
                            .isTrue();
                    boolean again = Set.of("429", "503").contains(each.getKey());
                    assertThat(resolved(each.getValue())
                                    .at("/headers/Retry-After")
                                    .isObject())
                            .as(name + " " + each.getKey())
                            .isEqualTo(again);
                }));
    }

    /** What an answer that several share says. */
    private JsonNode resolved(JsonNode response) {
        return response.has("$ref")
                ? document.at(response.get("$ref").textValue().substring(1))
                : response;
    }

    private void operations(BiConsumer<String, JsonNode> check) {
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            path.getValue().properties().stream()
                    .filter(each -> METHODS.contains(each.getKey()))
                    .forEach(each -> check.accept(each.getKey() + " " + path.getKey(), each.getValue()));
        }
    }
}
