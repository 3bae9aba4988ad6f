package dev.milvuso.joiner.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.action.EventId;
import dev.milvuso.action.ItemId;
import dev.milvuso.action.UserId;
import dev.milvuso.example.TrainingExample;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Guards against features or examples that a checkpoint, or a restart from it, forgets or keeps for ever. */
class FeatureJoinerTest {
    private static final long FEATURE_WAIT = 50;
    private static final long EXAMPLE_WAIT = 500;
    private static final EventKey EVENT = EventKey.of("e");

    private final TestEvents events = new TestEvents();
    private final List<TrainingExample> written = new ArrayList<>();
    private FeatureJoiner joiner = newJoiner();

    @Test
    void featuresThatACheckpointHasKeptAreJoinedAfterARestart() {
        features(0);
        joiner.handOver();
        joiner = newJoiner();
        joiner.restore(List.of(), List.of(EVENT), 1000);

        example(1000 + EXAMPLE_WAIT - 1);

        assertThat(written)
                .singleElement()
                .satisfies(one -> assertThat(one.features()).isPresent());
        assertThat(events.holdsNothingEarly()).isTrue();
    }

    @Test
    void featuresThatNobodyCameForAreGivenUpAfterARestartToo() {
        features(0);
        joiner.handOver();
        joiner = newJoiner();
        joiner.restore(List.of(), List.of(EVENT), 1000);

        joiner.onTime(1000 + EXAMPLE_WAIT);

        assertThat(events.holdsNothingEarly()).isTrue();
        assertThat(joiner.isIdle()).isTrue();
    }

    @Test
    void anExampleWaitsItsWholeTimeAnewAfterARestart() {
        example(0);
        List<Waiting> kept = List.copyOf(joiner.waiting());
        joiner = newJoiner();
        joiner.restore(kept, List.of(), 1000);

        joiner.onTime(1000 + FEATURE_WAIT - 1);
        assertThat(written).isEmpty();
        features(1000 + FEATURE_WAIT - 1);

        assertThat(written)
                .singleElement()
                .satisfies(one -> assertThat(one.features()).isPresent());
    }

    @Test
    void aRepeatOfFeaturesThatACheckpointHasKeptLeavesNothingBehind() {
        features(0);
        joiner.handOver();
        features(1);

        example(2);

        assertThat(events.holdsNothingEarly()).isTrue();
        assertThat(joiner.isIdle()).isTrue();
    }

    @Test
    void featuresOfAnEventThatHasGoneOnEndAtTheNextCheckpoint() {
        features(0);
        example(0);
        features(1);

        joiner.handOver();

        assertThat(written).hasSize(1);
        assertThat(events.holdsNothingEarly()).isTrue();
        assertThat(joiner.isIdle()).isTrue();
    }

    private FeatureJoiner newJoiner() {
        return new FeatureJoiner(FEATURE_WAIT, EXAMPLE_WAIT, events, example -> written.add(example.decoded()));
    }

    private void features(long now) {
        joiner.onFeatures(EVENT, "{\"a\":1}".getBytes(StandardCharsets.UTF_8), now);
    }

    private void example(long now) {
        joiner.onExample(
                EncodedExample.of(new TrainingExample(
                        "e",
                        List.of(new EventId("e")),
                        new UserId("u"),
                        new ItemId("i"),
                        "Click",
                        1,
                        1,
                        Instant.EPOCH,
                        Instant.EPOCH,
                        Optional.empty(),
                        "",
                        Optional.empty(),
                        false)),
                now);
    }
}
