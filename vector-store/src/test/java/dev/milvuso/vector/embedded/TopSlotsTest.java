package dev.milvuso.vector.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TopSlotsTest {
    @Test
    void theBestComeFirstAndTiesGoToTheLesserId() {
        TopSlots<String> top = new TopSlots<>(3, List.of("d", "c", "b", "a", "e"));
        float[] scores = {1, 2, 1, 1, 0};
        for (int slot = 0; slot < scores.length; slot++) {
            top.offer(slot, scores[slot]);
        }
        assertArrayEquals(new int[] {1, 3, 2}, top.drain());
    }

    @Test
    void fewerThanKAreAllKept() {
        TopSlots<String> top = new TopSlots<>(10, List.of("a", "b"));
        assertThat(top.drain()).isEmpty();
        top.offer(0, -1);
        top.offer(1, 1);
        assertThat(top.drain()).containsExactly(1, 0);
    }

    @Test
    void theOrderIsThatOfASortWithManyTies() {
        Random random = new Random(3);
        for (int round = 0; round < 500; round++) {
            int count = 1 + random.nextInt(60);
            int k = 1 + random.nextInt(20);
            List<String> ids = IntStream.range(0, count)
                    .mapToObj(i -> Integer.toString(random.nextInt(1000)) + "-" + i)
                    .toList();
            int[] scores = random.ints(count, 0, 6).toArray();
            TopSlots<String> top = new TopSlots<>(k, ids);
            IntStream.range(0, count).forEach(slot -> top.offer(slot, scores[slot]));
            Comparator<Integer> best =
                    Comparator.<Integer>comparingInt(slot -> -scores[slot]).thenComparing(ids::get);
            assertThat(top.drain())
                    .containsExactly(IntStream.range(0, count)
                            .boxed()
                            .sorted(best)
                            .limit(k)
                            .toArray(Integer[]::new));
        }
    }
}
