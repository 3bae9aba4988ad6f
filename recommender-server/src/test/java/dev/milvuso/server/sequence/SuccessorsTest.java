package dev.milvuso.server.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SuccessorsTest {
    @Test
    void aHabitIsFoundAmongFarMoreOthersThanThereIsRoomFor() {
        Successors row = new Successors(8);
        Random random = new Random(1);
        for (int i = 0; i < 900; i++) {
            row.add(i % 3 == 0 ? 7 : 100 + random.nextInt(10_000), 1);
        }
        assertThat(row.probability(7)).isBetween(0.2f, 0.34f);
        Outlook outlook = new Outlook();
        row.collect(1, outlook);
        assertThat(outlook.size()).isLessThanOrEqualTo(8);
        for (int i = 0; i < outlook.size(); i++) {
            assertThat(outlook.slot(i) == 7 || outlook.probability(i) < 0.01f).isTrue();
        }
    }

    @Test
    void aCountIsNeverAboveTheTrueOne() {
        Successors row = new Successors(4);
        Random random = new Random(2);
        int[] counts = new int[20];
        for (int i = 0; i < 800; i++) {
            int slot = random.nextInt(random.nextInt(20) + 1);
            counts[slot]++;
            row.add(slot, 1);
        }
        for (int slot = 0; slot < counts.length; slot++) {
            assertThat(row.probability(slot)).isLessThanOrEqualTo(counts[slot] / 805f + 1e-6f);
        }
    }

    @Test
    void anewHabitTakesThePlaceOfAnOldOne() {
        Successors row = new Successors(4);
        for (int i = 0; i < 5000; i++) {
            row.add(1, 1);
        }
        for (int i = 0; i < 3000; i++) {
            row.add(2, 1);
        }
        assertThat(row.probability(2)).isGreaterThan(0.8f);
        assertThat(row.probability(1)).isLessThan(0.2f);
    }

    @Test
    void oneObservationProvesLittle() {
        Successors row = new Successors(4);
        row.add(1, 1);
        assertThat(row.probability(1)).isCloseTo(1 / 6f, within(1e-6f));
    }
}
