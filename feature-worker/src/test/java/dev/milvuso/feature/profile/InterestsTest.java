package dev.milvuso.feature.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
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

        assertThat(interests.values()).containsOnlyKeys("a", "c");
    }
}
