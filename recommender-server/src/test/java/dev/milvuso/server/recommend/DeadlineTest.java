package dev.milvuso.server.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.milvuso.component.Unavailable;
import dev.milvuso.server.ManualClock;
import dev.milvuso.server.tier.Breaker;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadlineTest {
    private final CountDownLatch never = new CountDownLatch(1);
    private final Breaker breaker =
            new Breaker("milvus", Duration.ofSeconds(1), new ManualClock(), () -> {}, Runnable::run);
    private final Bulkhead bulkhead = Bulkhead.of("milvus", 1, 1, breaker);

    @AfterEach
    void stop() {
        never.countDown();
        bulkhead.close();
    }

    private boolean hang() {
        try {
            never.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Test
    void anAnswerInTimeIsHadAndAFailureSaysWhoFailed() {
        Deadline deadline = new Deadline(Duration.ofMinutes(1));
        assertThat(deadline.ask(bulkhead, new Object(), () -> 7).await()).isEqualTo(7);
        var failing = deadline.ask(bulkhead, new Object(), () -> {
            throw new IllegalStateException("broken");
        });
        assertThatThrownBy(failing::await)
                .asInstanceOf(type(Unavailable.class))
                .satisfies(e -> assertThat(e.dependency()).isEqualTo("milvus"));
    }

    @Test
    void aPartGetsTwoThirdsOfWhatIsLeftSoThatSomeIsLeftForOthers() {
        Deadline deadline = new Deadline(Duration.ofHours(3));
        assertThat(Duration.ofNanos(deadline.granted(Duration.ofDays(1))))
                .isBetween(Duration.ofMinutes(110), Duration.ofHours(2));
        assertThat(Duration.ofNanos(deadline.granted(Duration.ofMinutes(1)))).isEqualTo(Duration.ofMinutes(1));
        assertThat(new Deadline(Duration.ofSeconds(-1)).granted(Duration.ofDays(1)))
                .isZero();
    }

    @Test
    void whoHangsIsGivenUpAndHoldsNoThreadAnyLonger() {
        long begin = System.nanoTime();
        var hanging = new Deadline(Duration.ofSeconds(3)).ask(bulkhead, new Object(), this::hang);
        assertThatThrownBy(hanging::await).isInstanceOf(Unavailable.class).hasMessage("milvus was too slow");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(1900));
        assertThat(new Deadline(Duration.ofMinutes(1))
                        .ask(bulkhead, new Object(), () -> 7)
                        .await())
                .isEqualTo(7);
    }

    @Test
    void aBulkheadGrantsNoMoreThanItsOwnPatienceHoweverMuchTimeThereIs() {
        try (Bulkhead impatient = Bulkhead.of("milvus", 1, 1, Duration.ofMillis(10), breaker)) {
            Deadline deadline = new Deadline(Duration.ofDays(1));
            assertThatThrownBy(deadline.ask(impatient, new Object(), this::hang)::await)
                    .isInstanceOf(Unavailable.class)
                    .hasMessage("milvus was too slow");
            assertThat(deadline.left()).isPositive();
        }
    }

    @Test
    void whoHangsAgainAndAgainIsNotAskedAnyMore() {
        for (int i = 0; i < 3; i++) {
            var hanging = new Deadline(Duration.ofSeconds(1)).ask(bulkhead, new Object(), this::hang);
            assertThatThrownBy(hanging::await).isInstanceOf(Unavailable.class);
        }
        assertThatThrownBy(() -> breaker.call(() -> 7)).isInstanceOf(Unavailable.class);
    }

    @Test
    void whenThreadsAndQueueAreFullTheNextIsSentAwayAtOnce() {
        Deadline deadline = new Deadline(Duration.ofMinutes(1));
        var first = deadline.ask(bulkhead, new Object(), this::hang);
        var second = deadline.ask(bulkhead, new Object(), this::hang);
        assertThatThrownBy(() -> deadline.ask(bulkhead, new Object(), () -> 7)).isInstanceOf(Unavailable.class);
        never.countDown();
        assertThat(first.await() && second.await()).isTrue();
    }

    @Test
    void whoAsksWhatIsBeingAskedGetsTheSameAnswer() throws Exception {
        AtomicInteger questions = new AtomicInteger();
        Deadline deadline = new Deadline(Duration.ofMinutes(1));
        var first = deadline.ask(bulkhead, "vector of u", () -> {
            questions.incrementAndGet();
            return hang();
        });
        var second = deadline.ask(bulkhead, "vector of u", () -> {
            questions.incrementAndGet();
            return false;
        });
        never.countDown();
        assertThat(first.await() && second.await()).isTrue();
        assertThat(questions).hasValue(1);
        assertThat(deadline.ask(bulkhead, "vector of u", () -> false).await()).isFalse();
    }

    @Test
    void anAnswerThatWasHadIsNoAnswerToTheNextWhoAsks() {
        Deadline deadline = new Deadline(Duration.ofMinutes(1));
        for (int i = 0; i < 20_000; i++) {
            int turn = i;
            assertThat(deadline.ask(bulkhead, "vector of u", () -> turn).await())
                    .isEqualTo(turn);
        }
    }

    @Test
    void whoWaitsWithOneWhoGivesUpIsToldSo() {
        var first = new Deadline(Duration.ofSeconds(1)).ask(bulkhead, "vector of u", this::hang);
        var second = new Deadline(Duration.ofMinutes(1)).ask(bulkhead, "vector of u", this::hang);
        assertThatThrownBy(first::await).isInstanceOf(Unavailable.class);
        assertThatThrownBy(second::await).isInstanceOf(Unavailable.class);
    }

    @Test
    void afterTheEndNobodyIsAskedAndNobodyBlamed() {
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> new Deadline(Duration.ZERO).ask(bulkhead, new Object(), () -> 7))
                    .isInstanceOf(Unavailable.class);
        }
        assertThat(breaker.call(() -> 7)).isEqualTo(7);
    }
}
