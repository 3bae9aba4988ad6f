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
    private static final Duration SLOW = Duration.ofMillis(100);

    private final ManualClock clock = new ManualClock();
    private final AtomicInteger calls = new AtomicInteger();
    private final Queue<Runnable> probes = new ArrayDeque<>();
    private boolean answers;
    private final Breaker breaker = new Breaker("redis", PAUSE, clock, this::probe, probes::add);
    private Duration takes = SLOW;
    private final Breaker impatient = new Breaker("milvus", PAUSE, SLOW, clock, () -> clock.goOn(takes), probes::add);

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

    private int answersAfter(Duration time) {
        return impatient.call(() -> {
            clock.goOn(time);
            return calls.incrementAndGet();
        });
    }

    @Test
    void answersThatTakeTooLongAreHadButCountAsFailures() {
        Duration tooLong = SLOW.plusMillis(1);
        assertThat(answersAfter(tooLong)).isEqualTo(1);
        assertThat(answersAfter(tooLong)).isEqualTo(2);
        assertThat(answersAfter(SLOW)).isEqualTo(3);
        assertThat(answersAfter(tooLong)).isEqualTo(4);
        assertThat(answersAfter(tooLong)).isEqualTo(5);
        assertThat(answersAfter(tooLong)).isEqualTo(6);
        assertThatThrownBy(() -> answersAfter(SLOW)).isInstanceOf(Unavailable.class);
        assertThat(calls).hasValue(6);
    }

    @Test
    void callersAreLetThroughOnceItsOwnQuestionIsAnsweredInTime() {
        takes = SLOW.plusMillis(1);
        for (int i = 0; i < 3; i++) {
            answersAfter(takes);
        }
        clock.goOn(PAUSE);
        assertThatThrownBy(() -> answersAfter(SLOW)).isInstanceOf(Unavailable.class);
        probes.remove().run();
        assertThatThrownBy(() -> answersAfter(SLOW)).isInstanceOf(Unavailable.class);
        assertThat(impatient.ask()).isFalse();
        assertThatThrownBy(() -> answersAfter(SLOW)).isInstanceOf(Unavailable.class);
        takes = SLOW;
        clock.goOn(PAUSE);
        assertThatThrownBy(() -> answersAfter(SLOW)).isInstanceOf(Unavailable.class);
        probes.remove().run();
        assertThat(answersAfter(SLOW)).isEqualTo(4);
    }

    @Test
    void whoIsNoCallerLetsThemThroughToo() {
        for (int i = 0; i < 3; i++) {
            answersAfter(SLOW.plusMillis(1));
        }
        assertThat(impatient.ask()).isTrue();
        assertThat(answersAfter(SLOW)).isEqualTo(4);
    }

    @Test
    void howLongABatchTakesSaysNothing() {
        for (int i = 0; i < 5; i++) {
            impatient.batch(() -> {
                clock.goOn(PAUSE);
                return true;
            });
        }
        assertThat(answersAfter(SLOW)).isEqualTo(1);
    }

    private void onTrial() {
        for (int i = 0; i < 3; i++) {
            answersAfter(SLOW.plusMillis(1));
        }
        assertThat(impatient.ask()).isTrue();
    }

    @Test
    void whetherItAnswersAgainOneCallerFindsOutForTheOthers() {
        onTrial();
        int first = impatient.call(() -> {
            assertThatThrownBy(() -> answersAfter(SLOW)).isInstanceOf(Unavailable.class);
            return calls.incrementAndGet();
        });
        assertThat(first).isEqualTo(4);
        int both = impatient.call(() -> answersAfter(SLOW) + 1);
        assertThat(both).isEqualTo(6);
    }

    @Test
    void whoHangsDoesNotKeepTheOthersFromFindingOut() {
        onTrial();
        int outlasted = impatient.call(() -> {
            clock.goOn(SLOW);
            return answersAfter(SLOW);
        });
        assertThat(outlasted).isEqualTo(4);
    }
}
