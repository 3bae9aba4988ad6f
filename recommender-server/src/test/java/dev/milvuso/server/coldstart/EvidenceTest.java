package dev.milvuso.server.coldstart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EvidenceTest {
    private final Evidence evidence = new Evidence();

    @Test
    void whatWasCountedHereAndWhatIsStoredAreNotAddedUp() {
        evidence.addAction(3, true);
        evidence.addAction(3, false);
        evidence.addShown(3);
        assertThat(evidence.acted(3)).isEqualTo(2);
        assertThat(evidence.chosen(3)).isEqualTo(1);
        evidence.stored(3, 7, 0, 1);
        assertThat(evidence.acted(3)).isEqualTo(7);
        assertThat(evidence.shown(3)).isEqualTo(1);
        assertThat(evidence.chosen(3)).isEqualTo(1);
    }

    @Test
    void slotsFarBeyondTheFirstHaveRoomAndThoseBeforeKeepTheirs() {
        evidence.addShown(0);
        evidence.stored(100_000, Long.MAX_VALUE, -5, 2);
        evidence.addAction(50_000, true);
        assertThat(evidence.shown(0)).isEqualTo(1);
        assertThat(evidence.acted(100_000)).isPositive();
        assertThat(evidence.shown(100_000)).isZero();
        assertThat(evidence.acted(50_000)).isEqualTo(1);
        assertThat(evidence.acted(10_000_000)).isZero();
    }
}
