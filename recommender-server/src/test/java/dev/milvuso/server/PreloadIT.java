package dev.milvuso.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.milvuso.embedded.EmbeddedServices;
import dev.milvuso.embedding.EmbeddingRecord;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.SwitchedStore;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is brought into memory before anybody asks for it, on a real PostgreSQL and Redis and the embedded engine. */
@ExtendWith(SharedServices.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PreloadIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Of users, of whom the last have acted last. */
    private static final int USERS = 300;

    /** So many of them memory has room for. */
    private static final int FIT = 100;

    private static final int ITEMS = 50;

    private final SwitchedStore store = TrainedStore.empty();
    private EmbeddedServices services;
    private ServerFixture server;

    @BeforeAll
    void start(EmbeddedServices services) {
        this.services = services;
        server = new ServerFixture(store, settings("preload")).start();
        server.publish(ServerFixture.item("a", 2, 0), ServerFixture.item("b", 1, 0), ServerFixture.activation());
        server.send("POST", "/items", "[{\"item_id\":\"a\"},{\"item_id\":\"b\"}]");
        awaitReady(server);
    }

    private List<String> settings(String name, String... more) {
        return ServerFixture.settings(services, name, more);
    }

    private static void awaitReady(ServerFixture server) {
        await().atMost(PATIENCE)
                .until(() -> server.get("/health/ready").statusCode() == 200
                        && server.json("/popular").get("recommendations").size() == 2);
    }

    @AfterAll
    void stop() {
        server.close();
        store.close();
    }

    /** As the feature worker writes it: who acted on item a, and when. */
    private void acted(String user, Instant at) {
        server.database.transaction(connection -> {
            try (PreparedStatement profile = connection.prepareStatement(
                            "insert into user_profile values (?, 1, ?, ?, '{a}', '{}') on conflict do nothing");
                    PreparedStatement item = connection.prepareStatement("insert into user_item"
                            + " (user_id, item_id, last_at, action_type) values (?, 'a', ?, 'Click')"
                            + " on conflict do nothing")) {
                var time = java.sql.Timestamp.from(at);
                profile.setString(1, user);
                profile.setTimestamp(2, time);
                profile.setTimestamp(3, time);
                profile.executeUpdate();
                item.setString(1, user);
                item.setTimestamp(2, time);
                item.executeUpdate();
            }
            return true;
        });
    }

    private static double asked(ServerFixture server, String tier) {
        return Stream.of("hit", "miss")
                .mapToDouble(result ->
                        server.metric("milvuso_cache_requests_total", "result=\"" + result + "\",tier=\"" + tier))
                .sum();
    }

    @Test
    void whoWasActiveLastIsInMemoryBeforeTheyAsk() throws Exception {
        Instant now = Instant.now();
        for (int user = 0; user < USERS; user++) {
            acted("active-" + user, now.minusSeconds(3600 - user));
            TrainedStore.user(store, "active-" + user, 1, 0);
        }
        try (ServerFixture next =
                new ServerFixture(store, settings("preload", "recommendation.cached_users=" + FIT)).start()) {
            awaitReady(next);
            await().atMost(PATIENCE).until(() -> asked(next, "milvus") >= FIT);
            // Those who come from a slower tier are not asked for: what is asked now is for the first time.
            List<JsonNode> lists = IntStream.range(USERS - FIT, USERS)
                    .mapToObj(user -> list(next, "active-" + user))
                    .toList();
            // The cache may have preferred some who came first.
            assertThat(lists)
                    .filteredOn(list -> list.get("tier").textValue().equals("memory"))
                    .hasSizeGreaterThan(FIT / 2);
            assertThat(lists)
                    .allSatisfy(list -> assertThat(ServerFixture.items(list)).containsExactly("b"));
            assertThat(list(next, "active-0").get("tier").textValue()).isEqualTo("milvus");
        }
    }

    private static JsonNode list(ServerFixture server, String user) {
        try {
            return server.recommendations(user);
        } catch (Exception e) {
            throw new AssertionError("no list for " + user, e);
        }
    }

    @Test
    void whoActsIsBroughtIntoMemoryWithAllTheyHaveSeen() throws Exception {
        acted("returning", Instant.now().minusSeconds(7200));
        TrainedStore.user(store, "returning", 1, 0);
        double before = asked(server, "milvus");
        assertThat(server.act("returning", "c")).isEqualTo(202);
        // One after the other: once the next one is asked for, all that was found of this one is in memory.
        assertThat(server.act("next", "c")).isEqualTo(202);
        await().atMost(PATIENCE).until(() -> asked(server, "milvus") == before + 2);
        // From now on nobody else knows anything of them.
        forget("returning");
        store.goAway();
        try {
            JsonNode list = server.recommendations("returning");
            assertThat(list.get("tier").textValue()).isEqualTo("memory");
            assertThat(list.get("degraded")).isEmpty();
            assertThat(ServerFixture.items(list)).containsExactly("b");
        } finally {
            store.comeBack();
        }
    }

    private void forget(String user) {
        server.database.transaction(connection -> {
            try (PreparedStatement delete = connection.prepareStatement("delete from user_item where user_id = ?")) {
                delete.setString(1, user);
                return delete.executeUpdate();
            }
        });
    }

    @Test
    void anItemThatBecomesActiveIsBroughtIntoMemory() throws Exception {
        SwitchedStore items = TrainedStore.empty();
        List<String> settings =
                settings("preload_items", "recommendation.index_memory=" + 106 * 10, "coldstart.warm_actions=0");
        try (ServerFixture small = new ServerFixture(items, settings).start()) {
            assertThat(small.send(
                                    "POST",
                                    "/items",
                                    IntStream.range(0, ITEMS)
                                            .mapToObj(i -> "{\"item_id\":\"" + "i" + i + "\"}")
                                            .toList()
                                            .toString())
                            .statusCode())
                    .isEqualTo(201);
            items.upsert(
                    "milvuso_items",
                    IntStream.range(0, ITEMS).mapToObj(PreloadIT::stored).toList());
            small.publish(IntStream.range(0, ITEMS)
                    .mapToObj(i -> ServerFixture.item("i" + i, i, 0))
                    .toArray(EmbeddingRecord[]::new));
            small.publish(ServerFixture.activation(), ServerFixture.user("u", 1, 1, 0));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(personal(small)).startsWith("i" + (ITEMS - 1)));
            items.goAway();
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(personal(small)).isNotEmpty().doesNotContain("i" + (ITEMS - 1)));
            hot(small, "i" + (ITEMS - 1));
            items.comeBack();
            // Not often: while the store fails it is not asked for what is hot either.
            await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(3)).untilAsserted(() -> {
                items.goAway();
                boolean isThere = personal(small).get(0).equals("i" + (ITEMS - 1));
                items.comeBack();
                assertThat(isThere).isTrue();
            });
        } finally {
            items.close();
        }
    }

    private static Entity stored(int item) {
        return new Entity("i" + item, new float[] {item, 0}, Map.of("model_version", "v1", "epoch", 1L, "step", 1L));
    }

    /** What the vectors have found. */
    private static List<String> personal(ServerFixture server) throws Exception {
        // A question that is new each time: a list that was kept says nothing of what memory holds now.
        JsonNode list = server.json("/recommendations/u?exclude=x" + System.nanoTime());
        return list.get("recommendations")
                .valueStream()
                .filter(each -> each.get("source").textValue().equals("personal"))
                .map(each -> each.get("item_id").textValue())
                .toList();
    }

    /** As the feature worker writes it. */
    private static void hot(ServerFixture server, String item) {
        server.database.transaction(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("insert into item_statistics (item_id, actions,"
                    + " impressions, clicks, popularity, popularity_at) values (?, 9, 0, 9, 9, now())")) {
                insert.setString(1, item);
                return insert.executeUpdate();
            }
        });
    }
}
