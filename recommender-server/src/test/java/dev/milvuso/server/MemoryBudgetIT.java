package dev.milvuso.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.milvuso.embedded.EmbeddedServices;
import dev.milvuso.embedding.EmbeddingRecord;
import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** More users come by than the server is to remember. */
@ExtendWith(SharedServices.class)
class MemoryBudgetIT {
    private static final int FIT = 500;
    private static final int COME_BY = 10 * FIT;
    private static final int ARRAY = 500;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** What is left of each of the others, on average: nothing, but for a rest of those who came by last. */
    private static final int BYTES_OF_A_USER = 50;

    @Test
    void tenTimesAsManyUsersAsFitTakeNoMoreMemory(EmbeddedServices services) throws Exception {
        List<String> settings = ServerFixture.settings(
                services, "memory", "recommendation.cached_users=" + FIT, "quality.open_lists=1000");
        try (ServerFixture server = new ServerFixture(TrainedStore.empty(), settings).start()) {
            publishItems(server);
            comeBy(server, 0, 2 * FIT);
            long full = ownBytes();
            comeBy(server, 2 * FIT, COME_BY);
            // What still waits to be written to Redis or to the log goes by itself.
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(ownBytes() - full).isLessThan((long) (COME_BY - 2 * FIT) * BYTES_OF_A_USER));
        }
    }

    private static void publishItems(ServerFixture server) throws Exception {
        assertThat(server.send("POST", "/items", items()).statusCode()).isEqualTo(201);
        List<EmbeddingRecord> records = new ArrayList<>();
        IntStream.range(0, 20).forEach(i -> records.add(ServerFixture.item("i" + i, i, 1)));
        records.add(ServerFixture.activation());
        server.publish(records.toArray(EmbeddingRecord[]::new));
        await().atMost(PATIENCE)
                .until(() -> server.get("/health/ready").statusCode() == 200
                        && server.json("/popular").get("recommendations").size() == 10);
    }

    private static String items() {
        return IntStream.range(0, 20)
                .mapToObj(i -> "{\"item_id\":\"i" + i + "\"}")
                .toList()
                .toString();
    }

    /** Each is known to the model, does something and gets a list, which is personal. */
    private static void comeBy(ServerFixture server, int from, int to) throws Exception {
        for (int first = from; first < to; first += ARRAY) {
            int last = first + ARRAY;
            server.publish(IntStream.range(first, last)
                    .mapToObj(user -> ServerFixture.user("u" + user, user, 1, 1))
                    .toArray(EmbeddingRecord[]::new));
            String actions = IntStream.range(first, last)
                    .mapToObj(user -> ServerFixture.action("u" + user, "i" + user % 20))
                    .toList()
                    .toString();
            assertThat(server.send("POST", "/actions", actions).statusCode()).isEqualTo(202);
            List<CompletableFuture<HttpResponse<String>>> lists = IntStream.range(first, last)
                    .mapToObj(user -> server.later("GET", "/recommendations/u" + user, ""))
                    .toList();
            for (CompletableFuture<HttpResponse<String>> list : lists) {
                assertThat(list.join().statusCode()).isEqualTo(200);
            }
        }
    }

    /**
     * What a full collection leaves of objects of our own classes, without the arrays that hang on them: broker,
     * clients and connections live in this process too, and come and go.
     */
    private static long ownBytes() throws Exception {
        Object histogram = ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {null},
                        new String[] {String[].class.getName()});
        return String.valueOf(histogram)
                .lines()
                .map(line -> line.trim().split("\\s+", -1))
                .filter(line -> line.length > 3 && line[3].startsWith("dev.milvuso."))
                .mapToLong(line -> Long.parseLong(line[2]))
                .sum();
    }
}
