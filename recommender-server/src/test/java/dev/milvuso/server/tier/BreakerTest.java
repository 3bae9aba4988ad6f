package dev.milvuso.server.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.milvuso.component.Unavailable;
import dev.milvuso.server.ManualClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ManualClock clock = new ManualClock();
    private final Breaker breaker = new Breaker("redis", PAUSE, clock);
    private final AtomicInteger calls = new AtomicInteger();

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
    void afterThreeFailuresInARowNobodyIsLetThroughForAWhile() {
        fails();
        fails();
        fails();
        fails();
        assertThat(calls).hasValue(3);
        clock.goOn(PAUSE);
        assertThat(succeeds()).isEqualTo(4);
        assertThat(succeeds()).isEqualTo(5);
    }

    @Test
    void afterTheWhileOneIsLetThroughAndTheOthersWaitForWhatBecomesOfIt() {
        fails();
        fails();
        fails();
        clock.goOn(PAUSE);
        assertThat(breaker.call(() -> {
                    fails(); // another caller, while this one is still trying
                    return calls.get();
                }))
                .isEqualTo(3);
        assertThat(succeeds()).isEqualTo(4);
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
