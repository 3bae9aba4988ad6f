package dev.milvuso.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.milvuso.component.Health;
import dev.milvuso.component.Unavailable;
import dev.milvuso.config.ConfigException;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.embedded.EmbeddedServices;
import dev.milvuso.embedded.FreePorts;
import dev.milvuso.server.tier.redis.Redis;
import dev.milvuso.vector.SwitchedStore;
import dev.milvuso.vector.learned.LearnedCollections;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedServices.class)
class StartIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void aServerStartsWithoutAnythingAndTakesUpWhatComes(@TempDir Path directory, EmbeddedServices services)
            throws Exception {
        BrokerProcess broker = new BrokerProcess(directory, FreePorts.orFree(0));
        SwitchedStore store = TrainedStore.empty();
        var settings = ServerFixture.settings(
                services, "start", "kafka.brokers=" + broker.address(), "postgres.connect_timeout=500ms");
        store.goAway();
        services.redis().close();
        services.postgres().close();
        try (ServerFixture server = new ServerFixture(store, settings).start()) {
            assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
            assertThat(server.get("/health/ready").statusCode()).isEqualTo(503);
            assertThat(server.get("/health").statusCode()).isEqualTo(503);
            JsonNode list = server.recommendations("u");
            assertThat(list.get("tier").textValue()).isEqualTo("fallback");
            assertThat(list.get("degraded").toString()).contains("postgres");
            assertThat(server.act("u", "i")).isEqualTo(503);

            broker.start();
            await().atMost(PATIENCE).until(() -> server.act("u", "i") == 202);
            assertThat(server.get("/health/ready").statusCode()).isEqualTo(503);
            services.postgres().start();
            await().atMost(PATIENCE).until(() -> server.get("/health/ready").statusCode() == 200);
            assertThat(server.send("POST", "/items", "{\"item_id\":\"i\"}").statusCode())
                    .isEqualTo(201);
            services.redis().start();
            store.comeBack();
            server.publish(ServerFixture.activation());
            await().atMost(PATIENCE)
                    .until(() ->
                            server.json("/health").get("status").textValue().equals("UP"));
        } finally {
            services.redis().close();
            services.postgres().close();
            services.redis().start();
            services.postgres().start();
            broker.kill();
        }
    }

    /** As when milvus.dimension has been changed, and what was learned before lies there still. */
    private static SwitchedStore otherwise() {
        SwitchedStore store = new SwitchedStore();
        store.create(LearnedCollections.schema(TrainedStore.config(3), "milvuso_items"));
        return store;
    }

    @Test
    void aCollectionOfOtherVectorsStopsTheStartWithASentenceThatNamesTheField(EmbeddedServices services) {
        var settings = ServerFixture.settings(services, "otherwise");
        try (ServerFixture server = new ServerFixture(otherwise(), settings)) {
            assertThatExceptionOfType(ConfigException.class)
                    .isThrownBy(server::start)
                    .withMessageStartingWith(
                            "collection milvuso_items is there with another schema: vector field vector is ")
                    .satisfies(refusal -> assertThat(refusal).message().hasLineCount(1));
        }
    }

    private static void awaitMilvus(String status, ServerFixture server) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(server.json("/health")
                                .at("/components/milvus/status")
                                .textValue())
                        .isEqualTo(status));
    }

    @Test
    void aCollectionOfOtherVectorsInAStoreThatComesLaterIsSeenInTheHealth(EmbeddedServices services) throws Exception {
        SwitchedStore store = otherwise();
        store.goAway();
        try (ServerFixture server = new ServerFixture(store, ServerFixture.settings(services, "later")).start()) {
            store.comeBack();
            await().atMost(PATIENCE)
                    .until(() -> server.server.health() instanceof Health.Degraded degraded
                            && degraded.reason().contains("vector field vector is "));
            awaitMilvus("DOWN", server);
            store.drop("milvuso_items");
            awaitMilvus("UP", server);
        }
    }

    /** As a process that has just begun is slow to make its first connections. */
    @Test
    void aWarmUpOutlastsConnectionsThatAreNotAnswered(EmbeddedServices services) throws Exception {
        try (SlowToAnswer slow = new SlowToAnswer(services.redis().port(), 4)) {
            var settings = List.of("redis.port=" + slow.port(), "redis.timeout=1s");
            try (Redis redis = new Redis(
                    ConfigLoader.load(Optional.empty(), Map.of(), settings).redis())) {
                assertThatThrownBy(redis::ping).isInstanceOf(Unavailable.class);
                redis.warmUp();
                redis.ping();
            }
        }
    }
}
