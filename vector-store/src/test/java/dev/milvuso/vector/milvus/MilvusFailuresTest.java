package dev.milvuso.vector.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MilvusFailuresTest {
    @Test
    void whyThereIsNoConnectionIsSaidWithoutTheStateOfBuffers() {
        assertThat(MilvusFailures.reason(new IllegalStateException("DEADLINE_EXCEEDED: CallOptions deadline exceeded"
                        + " after 1.9s. [closed=[], open=[[wait_for_ready, buffered_nanos=190]]]")))
                .isEqualTo("it did not answer in time");
        assertThat(MilvusFailures.reason(new IllegalStateException("UNAVAILABLE: io exception [closed=[], open=[]]")))
                .isEqualTo("UNAVAILABLE: io exception");
        assertThat(MilvusFailures.reason(new IllegalStateException("refused"))).isEqualTo("refused");
    }
}
