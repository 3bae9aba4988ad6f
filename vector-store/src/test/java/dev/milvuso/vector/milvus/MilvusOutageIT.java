package dev.milvuso.vector.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.milvuso.component.Health;
import dev.milvuso.component.Unavailable;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.SearchRequest;
import io.milvus.shaded.io.grpc.Context;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A server that stops answering, dies in the middle of calls and comes back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MilvusOutageIT {
    private static final CollectionSchema SCHEMA = new CollectionSchema("outage", 2, Metric.EUCLIDEAN, List.of());
    private static final SearchRequest SEARCH = SearchRequest.nearest(new float[] {1, 0}, 3);

    /**
     * Its own parts give each other up after so many seconds: what it is halted for takes less on a busy machine too.
     */
    private final MilvusServer server = MilvusServer.start("--session", "15");

    private final MilvusVectorStore store =
            new MilvusVectorStore(server.config("consistency_level=Strong", "call_timeout=10s"));

    @BeforeAll
    void fill() {
        store.create(SCHEMA);
        store.upsert("outage", List.of(entity("first")));
    }

    @AfterAll
    void stop() {
        store.close();
        server.close();
    }

    private static Entity entity(String id) {
        return new Entity(id, new float[] {1, 0}, Map.of());
    }

    /** Parts of the server that gave each other up must find each other again. */
    private static void awaitAnswer(MilvusVectorStore store) {
        await().atMost(Duration.ofSeconds(90))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(store.search("outage", SEARCH)).isNotEmpty());
    }

    private static Duration duration(Runnable work) {
        long begin = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    @Test
    void aServerThatDoesNotAnswerCostsOneDeadlineAndAfterSomeFailuresNothing() {
        try (MilvusVectorStore hurried = new MilvusVectorStore(server.config("call_timeout=600ms", "attempts=10"))) {
            awaitAnswer(hurried);
            server.halt();
            try {
                assertThat(duration(() -> assertThat(failure(hurried)).hasMessageContaining(server.uri())))
                        .as("less than a deadline for each attempt")
                        .isBetween(Duration.ofMillis(550), Duration.ofSeconds(4));
                for (int i = 1; i < 5; i++) {
                    assertThat(failure(hurried)).isNotNull();
                }
                assertThat(duration(() -> assertThat(failure(hurried)).hasMessageContaining("5 times in a row")))
                        .isLessThan(Duration.ofMillis(600));
                assertThat(hurried.health()).isInstanceOf(Health.Down.class);
            } finally {
                server.goOn();
            }
            awaitAnswer(hurried);
        }
    }

    @Test
    void aDeadlineOfTheCallersEndsReadsAndWritesBeforeTheStoresOwn() {
        try (MilvusVectorStore patient = new MilvusVectorStore(server.config("call_timeout=60s"))) {
            patient.upsert("outage", List.of(entity("before")));
            server.halt();
            try {
                for (Runnable call : List.<Runnable>of(
                        () -> patient.search("outage", SEARCH),
                        () -> patient.upsert("outage", List.of(entity("never"))),
                        () -> patient.insert("outage", List.of(entity("never"))),
                        () -> patient.delete("outage", List.of("before")))) {
                    Duration taken = duration(() -> assertThat(
                                    catchThrowableOfType(Unavailable.class, () -> within(Duration.ofMillis(300), call)))
                            .hasMessageContaining("DEADLINE_EXCEEDED"));
                    assertThat(taken).isBetween(Duration.ofMillis(290), Duration.ofSeconds(20));
                }
            } finally {
                server.goOn();
            }
            awaitAnswer(store);
        }
    }

    private static void within(Duration time, Runnable call) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        try (Context.CancellableContext deadline =
                Context.current().withDeadlineAfter(time.toMillis(), TimeUnit.MILLISECONDS, timer)) {
            deadline.run(call);
        } finally {
            timer.shutdownNow();
        }
    }

    private static Unavailable failure(MilvusVectorStore store) {
        return catchThrowableOfType(Unavailable.class, () -> store.search("outage", SEARCH));
    }

    @Test
    void aServerThatDiesInTheMiddleOfCallsAndComesBackHasAllThatItAcknowledged() throws Exception {
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        Set<Unavailable> failures = ConcurrentHashMap.newKeySet();
        ExecutorService writers = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> all = IntStream.range(0, 4)
                    .<Future<?>>mapToObj(writer -> writers.submit(() -> write(writer, acknowledged, failures)))
                    .toList();
            await().until(() -> acknowledged.size() > 200);
            server.kill();
            for (Future<?> writer : all) {
                writer.get();
            }
        } finally {
            writers.shutdownNow();
        }
        assertThat(failures).isNotEmpty();
        server.restart();
        await().atMost(Duration.ofMinutes(1))
                .ignoreExceptions()
                .until(() -> store.count("outage") >= acknowledged.size());
        Set<String> there = store.get("outage", acknowledged).stream()
                .map(row -> row.key().map(Id::toString).orElseThrow())
                .collect(Collectors.toSet());
        assertThat(there).isEqualTo(new HashSet<>(acknowledged));
        store.upsert("outage", List.of(entity("afterwards")));
        assertThat(store.get("outage", List.of("afterwards"))).hasSize(1);
    }

    private void write(int writer, Set<String> acknowledged, Set<Unavailable> failures) {
        for (int i = 0; i < 100_000; i++) {
            String id = writer + "_" + i;
            try {
                store.upsert("outage", List.of(entity(id)));
                acknowledged.add(id);
            } catch (Unavailable e) {
                failures.add(e);
                return;
            }
        }
    }
}
