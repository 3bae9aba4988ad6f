package dev.milvuso.server.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CandidatesTest {
    private final Candidates candidates = new Candidates();

    private int[] slots() {
        return IntStream.range(0, candidates.size()).map(candidates::slot).toArray();
    }

    @Test
    void anItemIsThereOnceAndTheFirstStays() {
        assertThat(candidates.add(7, 1, 0)).isTrue();
        assertThat(candidates.add(7, 2, 1)).isFalse();
        assertThat(candidates.score(0)).isEqualTo(1);
        candidates.reset(false);
        assertThat(candidates.contains(7)).isFalse();
        assertThat(candidates.size()).isZero();
    }

    @Test
    void thousandsAreSortedBestFirstWithTheirColumns() {
        Random random = new Random(3);
        for (int slot = 0; slot < 3000; slot++) {
            candidates.add(slot, random.nextInt(500), slot % 100);
            candidates.probability(slot, 1f / (slot + 1));
        }
        float[] scores = new float[3000];
        IntStream.range(0, 3000).forEach(row -> scores[candidates.slot(row)] = candidates.score(row));
        candidates.sort(0, 3000);
        for (int row = 0; row < 3000; row++) {
            int slot = candidates.slot(row);
            assertThat(candidates.score(row)).isEqualTo(scores[slot]);
            assertThat(candidates.source(row)).isEqualTo(slot % 100);
            assertThat(candidates.probability(row)).isEqualTo(1f / (slot + 1));
            if (row > 0 && scores[slot] == candidates.score(row - 1)) {
                assertThat(candidates.slot(row - 1)).isLessThan(slot);
            } else if (row > 0) {
                assertThat(candidates.score(row - 1)).isGreaterThan(scores[slot]);
            }
        }
    }

    @Test
    void aRowMovesUpAndWhatIsCutMayComeAgain() {
        IntStream.range(0, 5).forEach(slot -> candidates.add(slot, 9 - slot, 0));
        candidates.moveUp(4, 1);
        assertThat(slots()).containsExactly(0, 4, 1, 2, 3);
        candidates.cut(2);
        assertThat(slots()).containsExactly(0, 4);
        assertThat(candidates.contains(4)).isTrue();
        assertThat(candidates.add(3, 1, 0)).isTrue();
    }

    @Test
    void partsAreKeptIfAnybodyAsked() {
        candidates.explain(1, "taste", 2);
        assertThat(candidates.explanation(1)).isEmpty();
        candidates.reset(true);
        candidates.explain(1, "taste", 2);
        assertThat(candidates.explanation(1)).containsEntry("taste", 2.0);
    }
}
