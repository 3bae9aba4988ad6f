package dev.milvuso.vector.embedded;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TopSlotsTest {
    @Test
    void theBestComeFirstAndTiesGoToTheLesserId() {
        TopSlots top = new TopSlots(3, List.of("d", "c", "b", "a", "e"));
        float[] scores = {1, 2, 1, 1, 0};
        for (int slot = 0; slot < scores.length; slot++) {
            top.offer(slot, scores[slot]);
        }
        assertArrayEquals(new int[] {1, 3, 2}, top.drain());
    }
}
