package dev.milvuso.server.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SlotSumsTest {
    private final SlotSums sums = new SlotSums();

    private List<Integer> best(int room) {
        Candidates into = new Candidates();
        sums.best(into, 0, room, slot -> slot % 7 != 0);
        return Visits.slots(into);
    }

    @Test
    void theBestAreThoseThatSortingFindsHoweverOftenItIsUsed() {
        Random random = new Random(3);
        for (int round = 0; round < 3; round++) {
            sums.clear();
            Map<Integer, Float> expected = new HashMap<>();
            for (int i = 0; i < 5000; i++) {
                int slot = random.nextInt(100_000);
                float amount = random.nextFloat();
                sums.add(slot, amount);
                expected.merge(slot, amount, Float::sum);
            }
            assertThat(sums.size()).isEqualTo(expected.size());
            expected.forEach((slot, sum) -> assertThat(sums.of(slot)).isEqualTo(sum));
            assertThat(best(50))
                    .isEqualTo(expected.keySet().stream()
                            .filter(slot -> slot % 7 != 0)
                            .sorted(Comparator.comparingDouble(slot -> -expected.getOrDefault(slot, 0f)))
                            .limit(50)
                            .toList());
        }
    }

    @Test
    void whatIsThereAlreadyOrHasNothingIsNotAdded() {
        sums.add(1, 2);
        sums.add(2, 1);
        sums.add(3, 0);
        sums.add(4, -1);
        Candidates into = new Candidates();
        into.add(1, 9, 0);
        sums.best(into, 1, 5, slot -> true);
        assertThat(Visits.slots(into)).containsExactly(1, 2);
        assertThat(sums.of(5)).isZero();
        assertThat(best(0)).isEmpty();
    }
}
