package dev.milvuso.server.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.action.Heartbeat;
import dev.milvuso.action.UserEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class IntakeTest {
    private final List<UserEvent> counted = new ArrayList<>();
    private final AtomicBoolean mayCount = new AtomicBoolean(true);
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Intake intake = new Intake(counted::add, mayCount::get, metrics);

    private static UserEvent event(int number) {
        return new Heartbeat(Instant.ofEpochMilli(number));
    }

    @Test
    void whatHappensIsCountedInItsOrderAndOnce() {
        intake.happened(event(1));
        intake.happened(event(2));
        assertThat(counted).isEmpty();
        intake.run();
        intake.run();
        assertThat(counted).containsExactly(event(1), event(2));
    }

    @Test
    void itWaitsForThePast() {
        mayCount.set(false);
        intake.happened(event(1));
        intake.run();
        assertThat(counted).isEmpty();
        mayCount.set(true);
        intake.run();
        assertThat(counted).containsExactly(event(1));
    }

    @Test
    void aPastWithoutEndIsNotWaitedForAndWhatHasNoRoomIsSaid() {
        mayCount.set(false);
        for (int i = 0; i < Intake.MOST + 3; i++) {
            intake.happened(event(i));
        }
        assertThat(metrics.counter("milvuso.quality.dropped").count()).isEqualTo(3);
        intake.run();
        assertThat(counted).hasSize(Intake.MOST);
        intake.happened(event(0));
        mayCount.set(true);
        intake.run();
        assertThat(counted).hasSize(Intake.MOST + 1);
    }
}
