package dev.milvuso.feature.worker.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
    private final Pace pace = new Pace();

    @Test
    void refusalsLeadToOneRecordAtATimeAndSuccessesBackToAll() {
        for (int refusals = 0; refusals < 5; refusals++) {
            assertThat(pace.isSingle()).isFalse();
            pace.slower();
        }
        assertThat(pace.isSingle()).isTrue();
        pace.slower();
        assertThat(pace.most()).isEqualTo(1);

        for (int successes = 0; successes < 5; successes++) {
            assertThat(pace.isCareful()).isTrue();
            pace.faster();
        }
        assertThat(pace.isCareful()).isFalse();
        pace.faster();
        assertThat(pace.isCareful()).isFalse();
    }
}
