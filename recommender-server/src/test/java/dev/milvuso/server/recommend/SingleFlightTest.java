package dev.milvuso.server.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SingleFlightTest {
    private static final long LONG = Duration.ofMinutes(1).toNanos();

    private final SingleFlight<String, String> flights = new SingleFlight<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch allowed = new CountDownLatch(1);

    @AfterEach
    void letEverybodyGo() {
        allowed.countDown();
    }

    private static String unused() {
        throw new AssertionError("not to be asked");
    }

    private CompletableFuture<String> first(Supplier<String> made) {
        CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> flights.get(
                "list",
                LONG,
                () -> {
                    begun.countDown();
                    await(allowed);
                    return made.get();
                },
                SingleFlightTest::unused));
        await(begun);
        return first;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    private Thread second(CompletableFuture<String> result, Supplier<String> alone) {
        Thread second = new Thread(() -> result.complete(flights.get("list", LONG, SingleFlightTest::unused, alone)));
        second.start();
        // It has come when it waits: nothing else makes it wait.
        Awaitility.await().until(() -> second.getState() == Thread.State.TIMED_WAITING);
        return second;
    }

    @Test
    void whoComesMeanwhileGetsWhatTheFirstMakes() {
        CompletableFuture<String> first = first(() -> "made once");
        CompletableFuture<String> second = new CompletableFuture<>();
        second(second, SingleFlightTest::unused);
        allowed.countDown();
        assertThat(second.join()).isSameAs(first.join());
    }

    @Test
    void whoComesAfterwardsMakesItAnew() {
        assertThat(flights.get("list", LONG, () -> "one", SingleFlightTest::unused))
                .isEqualTo("one");
        assertThat(flights.get("list", LONG, () -> "two", SingleFlightTest::unused))
                .isEqualTo("two");
    }

    @Test
    void whatIsSomethingElseDoesNotWait() {
        CompletableFuture<String> first = first(() -> "one");
        assertThat(flights.get("another list", LONG, () -> "two", SingleFlightTest::unused))
                .isEqualTo("two");
        assertThat(first).isNotDone();
    }

    @Test
    void whoHasNoTimeMakesItAlone() {
        CompletableFuture<String> first = first(() -> "one");
        assertThat(flights.get("list", 0, SingleFlightTest::unused, () -> "in haste"))
                .isEqualTo("in haste");
        assertThat(first).isNotDone();
    }

    @Test
    void aFailureIsTheFirstOnesAlone() {
        CompletableFuture<String> first = first(() -> {
            throw new IllegalStateException("broken");
        });
        CompletableFuture<String> second = new CompletableFuture<>();
        second(second, () -> "alone");
        allowed.countDown();
        assertThatThrownBy(first::join).hasRootCauseMessage("broken");
        assertThat(second.join()).isEqualTo("alone");
        assertThat(flights.get("list", LONG, () -> "two", SingleFlightTest::unused))
                .isEqualTo("two");
    }

    @Test
    void whoIsInterruptedMakesItAloneAndStaysInterrupted() throws Exception {
        CompletableFuture<String> first = first(() -> "one");
        CompletableFuture<String> result = new CompletableFuture<>();
        Thread second =
                second(result, () -> "interrupted: " + Thread.currentThread().isInterrupted());
        second.interrupt();
        second.join();
        assertThat(first).isNotDone();
        assertThat(result.join()).isEqualTo("interrupted: true");
    }
}
