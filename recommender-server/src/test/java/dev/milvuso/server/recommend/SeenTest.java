package dev.milvuso.server.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.action.ItemId;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeenTest {
    private final Seen seen = new Seen();

    private static ItemId item(int number) {
        return new ItemId("item-" + number);
    }

    private long wrong() {
        return IntStream.range(1_000_000, 1_100_000)
                .filter(number -> seen.contains(item(number)))
                .count();
    }

    @Test
    void hundredsAreKnownExactly() {
        IntStream.range(0, 512).forEach(number -> seen.add(item(number)));
        IntStream.range(0, 512).forEach(number -> seen.add(item(number)));
        assertThat(seen.count()).isEqualTo(512);
        assertThat(IntStream.range(0, 512).allMatch(number -> seen.contains(item(number))))
                .isTrue();
        assertThat(wrong()).isZero();
        assertThat(seen.bytes()).isLessThan(9000);
    }

    @Test
    void aFewTakeLittle() {
        IntStream.range(0, 20).forEach(number -> seen.add(item(number)));
        assertThat(seen.bytes()).isLessThan(300);
    }

    @Test
    void thousandsAreKnownAndOneInTwoThousandOthersIsMistakenForThem() {
        IntStream.range(0, 8000).forEach(number -> seen.add(item(number)));
        assertThat(IntStream.range(0, 8000).allMatch(number -> seen.contains(item(number))))
                .isTrue();
        assertThat(wrong()).isLessThan(100);
    }

    @Test
    void whoeverHasSeenEverythingTakesNoMoreMemoryAndStillHasSomethingToSee() {
        IntStream.range(0, 200_000).forEach(number -> seen.add(item(number)));
        assertThat(seen.bytes()).isLessThan(50_000);
        assertThat(IntStream.range(193_000, 200_000).allMatch(number -> seen.contains(item(number))))
                .isTrue();
        assertThat(seen.contains(item(1))).isFalse();
        assertThat(wrong()).isLessThan(200);
    }
}
