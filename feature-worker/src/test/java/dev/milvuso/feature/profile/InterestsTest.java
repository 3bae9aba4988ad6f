package dev.milvuso.feature.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InterestsTest {
    private static final HalfLife HOUR = new HalfLife(3_600_000);

    private final Interests interests = new Interests();

    @Test
    void halfOfAnInterestIsLeftAfterAHalfLife() {
        interests.add(List.of("c:book"), 1, 0, HOUR, 10);

        assertThat(interests.get("c:book", 3_600_000, HOUR)).isEqualTo(0.5);
    }

    @Test
    void anOlderEventCountsAsMuchAsIfItHadComeInOrder() {
        interests.add(List.of("c:book"), 1, 7_200_000, HOUR, 10);
        interests.add(List.of("c:book"), 1, 3_600_000, HOUR, 10);

        assertThat(interests.get("c:book", 7_200_000, HOUR)).isCloseTo(1.5, within(1e-12));
    }

    @Test
    void aDislikeLowers() {
        interests.add(List.of("t:war"), 1, 0, HOUR, 10);
        interests.add(List.of("t:war"), -3, 0, HOUR, 10);

        assertThat(interests.get("t:war", 0, HOUR)).isEqualTo(-2);
    }

    @Test
    void theStrongestStayAlsoWhenTheySpeakAgainst() {
        interests.add(List.of("a"), -3, 0, HOUR, 2);
        interests.add(List.of("b"), 1, 0, HOUR, 2);
        interests.add(List.of("c"), 2, 0, HOUR, 2);

        assertThat(interests.sums()).extracting(Map.Entry::getKey).containsExactlyInAnyOrder("a", "c");
    }

    @Test
    void sumsOverALongTimeAreThoseOfDecayingStepByStep() {
        double expected = 0;
        for (int hour = 0; hour < 1_000; hour++) {
            expected = expected / 2 + 1;
            interests.add(List.of("a"), 1, hour * 3_600_000L, HOUR, 10);
            assertThat(interests.get("a", 0, HOUR)).isCloseTo(expected, within(1e-12));
        }
        assertThat(interests.sums())
                .allSatisfy(
                        sum -> assertThat(sum.getValue() * interests.left(HOUR)).isCloseTo(2, within(1e-12)));
    }
}
