package dev.milvuso.server.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.milvuso.component.Unavailable;
import dev.milvuso.server.ManualClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ManualClock clock = new ManualClock();
    private final AtomicInteger calls = new AtomicInteger();
    private final Queue<Runnable> probes = new ArrayDeque<>();
    private boolean answers;
    private final Breaker breaker = new Breaker("redis", PAUSE, clock, this::probe, probes::add);

    private void probe() {
        if (!answers) {
            throw new IllegalStateException("no connection");
        }
    }

    private void fails() {
        assertThatThrownBy(() -> breaker.call(() -> {
                    calls.incrementAndGet();
                    throw new IllegalStateException("no connection");
                }))
                .asInstanceOf(type(Unavailable.class))
                .satisfies(e -> assertThat(e.dependency()).isEqualTo("redis"));
    }

    private int succeeds() {
        return breaker.call(calls::incrementAndGet);
    }

    @Test
    void afterThreeFailuresInARowNoCallerIsLetThroughHoweverLongItLasts() {
        fails();
        fails();
        fails();
        for (int i = 0; i < 10; i++) {
            fails();
            clock.goOn(PAUSE);
            fails();
            assertThat(probes).hasSize(1);
            probes.remove().run();
        }
        assertThat(calls).hasValue(3);
    }

    @Test
    void onceItsOwnQuestionIsAnsweredCallersAreLetThroughAndOneFailureEndsThat() {
        fails();
        fails();
        fails();
        clock.goOn(PAUSE);
        answers = true;
        fails();
        fails();
        assertThat(probes).hasSize(1);
        assertThat(calls).hasValue(3);
        probes.remove().run();
        fails();
        fails();
        assertThat(calls).hasValue(4);
        clock.goOn(PAUSE);
        fails();
        probes.remove().run();
        assertThat(succeeds()).isEqualTo(5);
        fails();
        fails();
        assertThat(succeeds()).isEqualTo(8);
    }

    @Test
    void aSuccessBetweenFailuresForgetsThem() {
        fails();
        fails();
        assertThat(succeeds()).isEqualTo(3);
        fails();
        fails();
        assertThat(succeeds()).isEqualTo(6);
    }

    @Test
    void thoseWhoGaveUpWaitingCountAsFailures() {
        breaker.failed();
        breaker.failed();
        breaker.failed();
        fails();
        assertThat(calls).hasValue(0);
    }
}
