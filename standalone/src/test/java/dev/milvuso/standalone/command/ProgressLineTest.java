package dev.milvuso.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    @Test
    void aQuarterAfterTenSecondsLeavesThirty() {
        assertThat(ProgressLine.line(new ProgressLine.State(0.25, "5 done"), 10, false))
                .isEqualTo(" 25 %, 5 done, 30 s left");
    }

    /** What came before, reading and searching, says nothing of what is to come. */
    @Test
    void workThatKnowsWhatIsLeftIsBelieved() {
        assertThat(ProgressLine.line(new ProgressLine.State(0.25, "5 done", OptionalDouble.of(3)), 10, false))
                .isEqualTo(" 25 %, 5 done, 3 s left");
    }

    @Test
    void onATerminalThereIsABar() {
        assertThat(ProgressLine.line(new ProgressLine.State(0.5, "5 done"), 100, true))
                .isEqualTo("[############------------]  50 %, 5 done, 1:40 min left");
    }

    @Test
    void atTheBeginningNothingIsSaidOfTheEnd() {
        assertThat(ProgressLine.line(new ProgressLine.State(0, "reading"), 3, false))
                .isEqualTo("  0 %, reading");
    }
}
