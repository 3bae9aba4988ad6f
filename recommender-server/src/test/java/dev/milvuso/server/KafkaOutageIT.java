package dev.milvuso.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.milvuso.embedded.EmbeddedServices;
import dev.milvuso.embedded.FreePorts;
import dev.milvuso.vector.embedded.EmbeddedVectorStore;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedServices.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KafkaOutageIT {
    /** Jetty has 250. */
    private static final int MORE_THAN_THREADS = 400;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration ACKNOWLEDGED_WITHIN = Duration.ofSeconds(5);

    private BrokerProcess broker;
    private ServerFixture server;

    @BeforeAll
    void start(@TempDir Path directory, EmbeddedServices services) throws Exception {
        broker = new BrokerProcess(directory, FreePorts.orFree(0));
        broker.start();
        server = new ServerFixture(
                        EmbeddedVectorStore.inMemory(),
                        ServerFixture.settings(
                                services,
                                "kafka_outage",
                                "kafka.brokers=" + broker.address(),
                                "kafka.acknowledge_timeout=" + ACKNOWLEDGED_WITHIN.toSeconds() + "s",
                                "kafka.buffer_bytes=1048576"))
                .start();
        await().atMost(PATIENCE).until(() -> server.act("u", "i") == 202);
    }

    @AfterAll
    void stop() throws Exception {
        broker.thaw();
        server.close();
        broker.kill();
    }

    @Test
    void aBrokerThatDoesNotAcknowledgeCostsA503InTimeAndNoThreads() throws Exception {
        broker.freeze();
        long begin = System.nanoTime();
        List<CompletableFuture<HttpResponse<String>>> posts = IntStream.range(0, MORE_THAN_THREADS)
                .mapToObj(i -> server.later("POST", "/actions", ServerFixture.action("u" + i, "i")))
                .toList();
        long asked = System.nanoTime();
        assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(server.get("/recommendations/u").statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(ACKNOWLEDGED_WITHIN);
        for (CompletableFuture<HttpResponse<String>> post : posts) {
            HttpResponse<String> answer = post.join();
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(answer.body()).contains("kafka");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .as("those for whom there would be no thread do not wait for the others")
                .isBetween(ACKNOWLEDGED_WITHIN.minusMillis(100), ACKNOWLEDGED_WITHIN.multipliedBy(2));
        await().atMost(PATIENCE).until(() -> server.get("/health").statusCode() == 503);
        assertThat(server.metric("milvuso_dependency_up", "name=\"kafka")).isZero();
        assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);
        broker.thaw();
        await().atMost(PATIENCE).until(() -> server.act("u", "i") == 202);
        await().atMost(PATIENCE).until(() -> server.metric("milvuso_dependency_up", "name=\"kafka") == 1);
    }

    @Test
    void aFullBufferPushesBack() throws Exception {
        broker.freeze();
        String one = ServerFixture.action("u", "x".repeat(128));
        String large = "[" + (one + ",").repeat(99) + one + "]";
        List<CompletableFuture<HttpResponse<String>>> posts = IntStream.range(0, 40)
                .mapToObj(i -> server.later("POST", "/actions", large))
                .toList();
        List<HttpResponse<String>> pushedBack = posts.stream()
                .map(CompletableFuture::join)
                .filter(answer -> answer.statusCode() == 429)
                .toList();
        assertThat(pushedBack).isNotEmpty().hasSizeLessThan(40);
        assertThat(pushedBack.get(0).headers().firstValue("Retry-After")).hasValue("1");
        broker.thaw();
        await().atMost(PATIENCE).until(() -> server.act("u", "i") == 202);
    }

    @Test
    void aBrokerThatWasKilledAndComesBackIsFoundAgain() throws Exception {
        broker.kill();
        assertThat(server.act("u", "i")).isEqualTo(503);
        assertThat(server.get("/recommendations/u").statusCode()).isEqualTo(200);
        broker.start();
        await().atMost(PATIENCE).until(() -> server.act("u", "i") == 202);
    }
}
