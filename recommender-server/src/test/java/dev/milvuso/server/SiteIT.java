package dev.milvuso.server;

import static dev.milvuso.server.ServerFixture.activation;
import static dev.milvuso.server.ServerFixture.item;
import static dev.milvuso.server.ServerFixture.items;
import static dev.milvuso.server.ServerFixture.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.milvuso.embedded.EmbeddedServices;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.SwitchedStore;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rules, availability, users and streams on real PostgreSQL, Kafka and Redis. */
@ExtendWith(SharedServices.class)
class SiteIT {
    private static int schemas;

    private final List<ServerFixture> servers = new ArrayList<>();
    private SwitchedStore store;
    private String name;

    @BeforeEach
    void open() {
        store = TrainedStore.empty();
        name = "site" + ++schemas;
    }

    @AfterEach
    void close() {
        servers.forEach(ServerFixture::close);
        store.close();
    }

    private ServerFixture server(EmbeddedServices services) {
        ServerFixture server = new ServerFixture(store, ServerFixture.settings(services, name)).start();
        servers.add(server);
        await().until(() -> server.get("/health/ready").statusCode() == 200);
        return server;
    }

    private static void learned(ServerFixture server, String... ids) throws Exception {
        List<String> items = new ArrayList<>();
        for (String id : ids) {
            items.add("{\"item_id\":\"" + id + "\",\"category\":\"" + id.charAt(0) + "\"}");
        }
        assertThat(server.send("POST", "/items", "[" + String.join(",", items) + "]")
                        .statusCode())
                .isEqualTo(201);
        for (int i = 0; i < ids.length; i++) {
            server.publish(item(ids[i], 1 - i / 100f, i / 100f));
        }
        server.publish(user("u", 1, 1, 0), activation());
        await().until(() -> server.recommendations("u").get("tier").textValue().equals("memory"));
    }

    private static List<String> list(ServerFixture server) throws Exception {
        return items(server.recommendations("u"));
    }

    private static void rule(ServerFixture server, String rule, int status) {
        assertThat(server.send("POST", "/rules", rule.replace('\'', '"')).statusCode())
                .isEqualTo(status);
    }

    @Test
    void aRuleIsInForceHereAtOnceAndElsewhereSoon(EmbeddedServices services) throws Exception {
        ServerFixture one = server(services);
        ServerFixture other = server(services);
        learned(one, "a1", "a2", "b1", "b2");
        await().until(() -> list(other).equals(List.of("a1", "a2", "b1", "b2")));
        assertThat(list(one)).containsExactly("a1", "a2", "b1", "b2");

        rule(
                one,
                "{'name':'block','when':{'item':'item_id == \\'a1\\''},'then':{'block':true}}".replace("\\'", "\\\""),
                201);
        assertThat(list(one)).containsExactly("a2", "b1", "b2");
        await().until(() -> list(other).equals(List.of("a2", "b1", "b2")));

        rule(one, "{'name':'pin','when':{'item':'item_id == \\'b2\\''},'then':{'pin':1}}".replace("\\'", "\\\""), 201);
        assertThat(list(one)).containsExactly("b2", "a2", "b1");
        await().until(() -> list(other).equals(List.of("b2", "a2", "b1")));

        rule(other, "{'name':'cap','then':{'cap':{'most':1,'per':'category'}}}", 201);
        assertThat(list(other)).containsExactly("b2", "a2");
        assertThat(other.send("DELETE", "/rules/cap", "").statusCode()).isEqualTo(204);
        assertThat(other.send("DELETE", "/rules/block", "").statusCode()).isEqualTo(204);
        await().until(() -> list(one).equals(List.of("b2", "a1", "a2", "b1")));
    }

    @Test
    void severalPinsStandAtTheirPlacesWhateverTheirPriority(EmbeddedServices services) throws Exception {
        ServerFixture server = server(services);
        learned(server, "a1", "a2", "b1", "b2", "c1");
        pin(server, "low", "a1", 4, 0);
        pin(server, "high", "c1", 3, 9);
        pin(server, "same", "b2", 3, 5);
        assertThat(list(server)).containsExactly("a2", "b1", "c1", "b2", "a1");
        assertThat(items(server.json("/recommendations/u?num_recommendations=3")))
                .containsExactly("a1", "a2", "c1");
    }

    private static void pin(ServerFixture server, String name, String item, int position, int priority) {
        String rule = "{'name':'%s','when':{'item':'item_id == \\\"%s\\\"'},'then':{'pin':%d},'priority':%d}";
        rule(server, rule.formatted(name, item, position, priority), 201);
    }

    @Test
    void boostsBuriesAndFiltersShapeAList(EmbeddedServices services) throws Exception {
        ServerFixture server = server(services);
        learned(server, "a1", "a2", "b1");

        rule(
                server,
                "{'name':'boost','when':{'item':'category == \\'b\\''},'then':{'boost':2}}".replace("\\'", "\\\""),
                201);
        assertThat(list(server)).containsExactly("b1", "a1", "a2");
        rule(
                server,
                "{'name':'bury','when':{'item':'item_id == \\'a1\\''},'then':{'bury':true}}".replace("\\'", "\\\""),
                201);
        assertThat(list(server)).containsExactly("b1", "a2", "a1");
        assertThat(items(server.json("/recommendations/u?filter=category%20%3D%3D%20%22a%22")))
                .containsExactly("a2", "a1");
        assertThat(items(server.json("/recommendations/u?category=a&category=b&exclude=a2,x")))
                .containsExactly("b1", "a1");
        assertThat(server.json("/items/a1/similar").get("source").textValue()).isEqualTo("learned");
        assertThat(server.json("/items/a1/similar").get("items").findValuesAsText("item_id"))
                .containsExactlyInAnyOrder("a2", "b1");
    }

    @Test
    void anExplanationSaysWhatCountedAndWhatWasLeftOut(EmbeddedServices services) throws Exception {
        ServerFixture server = server(services);
        learned(server, "a1", "a2", "b1", "b2", "c1");
        server.send("PATCH", "/items/c1", "{\"hidden\":true}");
        rule(
                server,
                "{'name':'no-b2','when':{'item':'item_id == \\'b2\\''},'then':{'block':true}}".replace("\\'", "\\\""),
                201);
        rule(
                server,
                "{'name':'double','when':{'item':'item_id == \\'b1\\''},'then':{'boost':2}}".replace("\\'", "\\\""),
                201);
        assertThat(server.act("u", "a1")).isEqualTo(202);

        JsonNode list = server.json("/recommendations/u?explain=true&exclude=a2");
        assertThat(items(list)).containsExactly("b1");
        JsonNode why = list.get("recommendations").get(0);
        assertThat(why.get("explanation").textValue()).isNotEmpty();
        assertThat(why.at("/parts/boost").doubleValue()).isEqualTo(2);
        assertThat(list.get("filtered").toString()).isEqualTo("{\"excluded\":1,\"hidden\":1,\"rule\":1,\"seen\":1}");
        assertThat(server.recommendations("u").has("filtered")).isFalse();
    }

    private static void until(ServerFixture server, Instant end) {
        assertThat(server.send("PATCH", "/items/a1", "{\"available_until\":\"" + end + "\"}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void anItemIsShownWithinItsWindowAlone(EmbeddedServices services) throws Exception {
        ServerFixture server = server(services);
        learned(server, "a1", "a2");
        until(server, Instant.now().plus(Duration.ofDays(1)));
        assertThat(list(server)).containsExactly("a1", "a2");

        Instant soon = Instant.now().plusSeconds(2);
        until(server, soon);
        await().until(() -> list(server).equals(List.of("a2")));
        assertThat(Instant.now()).isAfterOrEqualTo(soon);
        assertThat(items(server.json("/latest"))).containsExactly("a2");
        assertThat(server.json("/items").get("items").findValuesAsText("item_id"))
                .containsExactly("a1", "a2");
    }

    @Test
    void aTextIsFoundAndTheNewestAndRisingAreListed(EmbeddedServices services) throws Exception {
        ServerFixture server = server(services);
        assertThat(server.send(
                                "POST",
                                "/items",
                                "[{\"item_id\":\"old\",\"title\":\"Moby Dick\",\"created_at\":\"1851-10-18T00:00:00Z\"},"
                                        + "{\"item_id\":\"new\",\"title\":\"The Whale\",\"description\":\"not Moby\"}]")
                        .statusCode())
                .isEqualTo(201);
        await().until(() -> server.json("/search?q=moby").get("items").size() == 2);
        assertThat(server.json("/search?q=moby").get("items").findValuesAsText("item_id"))
                .containsExactly("old", "new");
        await().until(() -> items(server.json("/latest")).equals(List.of("new", "old")));

        server.database.transaction(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("insert into item_statistics (item_id, actions,"
                    + " impressions, clicks, popularity, popularity_at, trend) values ('old', 900, 0, 0, 900, now(), 32),"
                    + " ('new', 20, 0, 0, 20, now(), 20)")) {
                return insert.executeUpdate();
            }
        });
        await().until(() -> items(server.json("/trending")).equals(List.of("new")));
        await().until(() -> items(server.json("/popular")).equals(List.of("old", "new")));
    }

    private static void seen(ServerFixture server, String user) {
        int unused = server.database.transaction(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("insert into user_profile values ('" + user
                    + "', 2, now(), now(), '{x,y}', '{\"interests_at\":" + System.currentTimeMillis()
                    + ",\"interests\":{\"c:novel\":2.0,\"t:sale\":1.0}}')")) {
                insert.executeUpdate();
            }
            try (PreparedStatement insert = connection.prepareStatement("insert into user_item values ('" + user
                    + "', 'x', now() - interval '1 hour'), ('" + user + "', 'y', now()), ('" + user
                    + "', 'z', now() - interval '1 hour')")) {
                return insert.executeUpdate();
            }
        });
    }

    @Test
    void aUserIsShownAndErasedEverywhere(EmbeddedServices services) throws Exception {
        ServerFixture one = server(services);
        ServerFixture other = server(services);
        learned(one, "a1", "a2");
        seen(one, "u");
        TrainedStore.user(store, "u", 1, 0);
        TrainedStore.user(store, "v", 1, 0.1f);
        await().until(() -> other.recommendations("u").get("tier").textValue().equals("memory"));

        assertThat(one.json("/users/u/similar").get("users").findValuesAsText("user_id"))
                .containsExactly("v");
        JsonNode profile = one.json("/users/u");
        assertThat(profile.get("recent_items").toString()).isEqualTo("[\"y\",\"x\"]");
        assertThat(profile.at("/interests/tags/sale").doubleValue()).isBetween(0.99, 1.0);
        JsonNode page = one.json("/users/u/actions?limit=2");
        assertThat(page.get("actions").findValuesAsText("item_id")).containsExactly("y", "z");
        assertThat(one.json("/users/u/actions?limit=2&after=" + page.get("next").textValue())
                        .get("actions")
                        .findValuesAsText("item_id"))
                .containsExactly("x");
        assertThat(one.json("/users").get("users").toString()).isEqualTo("[\"u\"]");

        assertThat(one.send("DELETE", "/users/u", "").statusCode()).isEqualTo(204);

        assertThat(one.get("/users/u").statusCode()).isEqualTo(404);
        assertThat(one.json("/users/u/actions").get("actions")).isEmpty();
        assertThat(one.recommendations("u").get("tier").textValue()).isEqualTo("fallback");
        await().until(() -> other.recommendations("u").get("tier").textValue().equals("fallback"));
        await().until(() -> erased(one).equals("u true"));
        assertThat(store.get("milvuso_users", List.of("u", "v")))
                .extracting(Entity::id)
                .containsExactly("v");
    }

    private static String erased(ServerFixture server) {
        return server.database.transaction(connection -> {
            try (PreparedStatement select =
                            connection.prepareStatement("select user_id || ' ' || vectors_gone from erased_user");
                    var row = select.executeQuery()) {
                return row.next() ? row.getString(1) : "";
            }
        });
    }

    @Test
    void aStreamTellsOfEachNewList(EmbeddedServices services) throws Exception {
        ServerFixture server = server(services);
        learned(server, "a1", "a2");
        HttpResponse<InputStream> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        "http://127.0.0.1:" + server.server.port() + "/recommendations/u/stream"))
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
            assertThat(next(lines)).containsSubsequence("a1", "a2");
            assertThat(server.act("u", "a1")).isEqualTo(202);
            assertThat(next(lines)).contains("a2").doesNotContain("\"a1\"");
        }
        await().until(() -> server.act("u", "a2") == 202);
    }

    private static String next(BufferedReader lines) throws Exception {
        String line = lines.readLine();
        while (line != null && !line.startsWith("data: ")) {
            line = lines.readLine();
        }
        return String.valueOf(line);
    }
}
