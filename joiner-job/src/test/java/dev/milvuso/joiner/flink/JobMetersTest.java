package dev.milvuso.joiner.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.topic.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class JobMetersTest {
    private final MeterRegistry metrics = new SimpleMeterRegistry();

    private Counter deadLetters(String topic) {
        return metrics.get("milvuso.dlq.records").tag("topic", topic).counter();
    }

    /** In one process with the feature worker, which puts aside records of the same topic. */
    @Test
    void deadLettersAreCountedTogetherWithThoseOfOthersAndBeginAtZero() {
        new JobMeters(Topics.named("acts", "known", "examples", "rows"), metrics).register();

        assertThat(deadLetters("acts").count()).isZero();
        assertThat(deadLetters("known").count()).isZero();
        metrics.counter("milvuso.dlq.records", "topic", "acts").increment();
        new DeadLetterCounter("acts").inc();
        assertThat(deadLetters("acts").count()).isEqualTo(2);
        assertThat(deadLetters("known").count()).isZero();
    }

    @Test
    void whoeverComesLaterCountsOn() {
        metrics.counter("milvuso.dlq.records", "topic", "acts").increment();
        new JobMeters(Topics.named("acts", "known", "examples", "rows"), metrics).register();
        new DeadLetterCounter("acts").inc();

        assertThat(deadLetters("acts").count()).isEqualTo(2);
    }

    /** On a cluster nobody registers them: Flink's reporters see the counter itself. */
    @Test
    void withoutMetersTheJobsOwnCounterCounts() {
        DeadLetterCounter counter = new DeadLetterCounter("never-registered");
        counter.inc();

        assertThat(counter.getCount()).isEqualTo(1);
    }

    @Test
    void everyMeterSaysWhatItCounts() {
        new JobMeters(Topics.named("acts", "known", "examples", "rows"), metrics).register();

        assertThat(metrics.getMeters())
                .hasSize(7)
                .allSatisfy(meter -> assertThat(meter.getId().getDescription())
                        .as(meter.getId().getName())
                        .isNotBlank());
    }
}
